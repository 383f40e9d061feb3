/** How fast it is: JMH benchmarks, and reports in which no speed stands without its correctness. */
package dev.fovea.benchmarks;
