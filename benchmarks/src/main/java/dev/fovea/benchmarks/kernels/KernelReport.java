package dev.fovea.benchmarks.kernels;

import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints how fast each kernel is, how exact, and how much of what the machine can do at most that is: arithmetic
 * against multiply-adds in registers, what computes little against the speed of the memory. Takes a minute. Arguments
 * are words that a kernel's name must contain all: {@code depthwise}, {@code 3x3 forward}. {@code -Dfovea.threads=1}
 * measures one thread.
 */
public final class KernelReport {
  private static final long WARM_UP_NANOS = 300_000_000L;
  private static final long STRETCH_NANOS = 30_000_000L;

  private KernelReport() {}

  /** Prints the report. */
  public static void main(String[] words) {
    Probes probes = Probes.all();
    List<String> names = probes.names().stream().filter(name -> Arrays.stream(words).allMatch(name::contains)).toList();
    MachinePeak peak = MachinePeak.measure();
    System.out.printf(Locale.ROOT, "%s, threads: %d, at most %.1f GFLOP/s and %.1f GB/s%n", Kernels.get().name(),
        Parallel.threads(), peak.gigaFlops(), peak.gigaBytes());
    for (String name : names) {
      System.out.println(line(name, probes.named(name), peak, WARM_UP_NANOS, STRETCH_NANOS));
    }
  }

  /** Measures one kernel; {@code FAIL} where the residual is not below its bound. */
  static String line(String name, Probe probe, MachinePeak peak, long warmUpNanos, long stretchNanos) {
    double seconds = probe.seconds(warmUpNanos, stretchNanos);
    boolean computes = probe.operations() > 0;
    double rate = (computes ? probe.operations() : probe.bytes()) / seconds / 1e9;
    double share = rate / (computes ? peak.gigaFlops() : peak.gigaBytes());
    double residual = probe.residual().getAsDouble();
    return String.format(Locale.ROOT, "%-63s %9.3f ms  %7.1f %-7s %5s  residual %.1e  %s", name, 1e3 * seconds, rate,
        computes ? "GFLOP/s" : "GB/s", Double.isNaN(share) ? "" : Math.round(100 * share) + " %", residual,
        residual < probe.bound() ? "PASS" : "FAIL");
  }
}
