/**
 * Other frameworks and this one in turn, on the same networks, and a report of it in {@code docs/performance.md}.
 *
 * <p>The other frameworks' programs are not part of this project. A folder with them has a command {@code run-peers}
 * that measures those it is told to, one after the other, and prints lines {@code NAME WORKLOAD METRIC VALUE}.
 */
package dev.fovea.benchmarks.compare;
