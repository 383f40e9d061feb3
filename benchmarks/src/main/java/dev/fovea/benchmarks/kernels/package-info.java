/** How fast each kernel is and how exact, against what the machine can do at most. */
package dev.fovea.benchmarks.kernels;
