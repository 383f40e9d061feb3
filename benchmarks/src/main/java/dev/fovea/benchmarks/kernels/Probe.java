package dev.fovea.benchmarks.kernels;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * One kernel at one size, to be run again and again.
 *
 * @param operations floating-point operations of one run, counted as a direct computation needs them; 0 where memory is
 *     what it takes
 * @param bytes what has to be read and written at least, each array once
 * @param body one run
 * @param residual runs it once more and says how far it is from a computation in double precision, relative to the
 *     largest value
 * @param bound what the residual must stay below
 */
record Probe(double operations, double bytes, Runnable body, DoubleSupplier residual, double bound) {
  private static final int STRETCHES = 5;
  private static final int MOST_WARM_UPS = 10;
  /** The share of the time for which the JIT compiler may work while a kernel is measured. */
  private static final double LITTLE = 0.1;
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  /** How long one run takes, in seconds: the median of some stretches, after warm-up. */
  double seconds(long warmUpNanos, long stretchNanos) {
    warmUp(warmUpNanos);
    double[] seconds = new double[STRETCHES];
    for (int i = 0; i < STRETCHES; i++) {
      seconds[i] = secondsEach(stretchNanos);
    }
    Arrays.sort(seconds);
    return seconds[STRETCHES / 2];
  }

  /** Warms up for that long, and again while the JIT compiler is busy: till then loops leave it a core. */
  private void warmUp(long nanos) {
    long before = compiledMillis();
    secondsEach(nanos);
    long now = compiledMillis();
    for (int more = 1; more < MOST_WARM_UPS && (now - before) * 1e6 > LITTLE * nanos; more++) {
      before = now;
      secondsEach(nanos);
      now = compiledMillis();
    }
  }

  private static long compiledMillis() {
    return COMPILER == null ? 0 : COMPILER.getTotalCompilationTime();
  }

  /** Runs for at least that long. */
  private double secondsEach(long nanos) {
    long start = System.nanoTime();
    int times = 0;
    long elapsed;
    do {
      body.run();
      times++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return elapsed / 1e9 / times;
  }
}
