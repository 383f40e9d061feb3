package dev.fovea.benchmarks.kernels;

import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;

/**
 * What the machine does at most on as many threads as the kernels use.
 *
 * @param gigaFlops multiply-adds in registers, as GFLOP/s; NaN without the Vector API
 * @param gigaBytes reading two arrays that no cache holds and writing a third, as GB/s of these three
 */
public record MachinePeak(double gigaFlops, double gigaBytes) {
  private static final int FLOATS = 1 << 24;
  private static final int STRETCH = 1 << 18;
  private static final int TRIES = 12;

  /** Measures it, which takes some seconds. */
  public static MachinePeak measure() {
    boolean vectors = !Kernels.get().name().startsWith("scalar");
    return new MachinePeak(vectors ? VectorPeak.gigaFlops() : Double.NaN, triad());
  }

  /** a = b + s c (McCalpin, STREAM, 1995). */
  private static double triad() {
    float[] a = new float[FLOATS];
    float[] b = new float[FLOATS];
    float[] c = new float[FLOATS];
    double best = 0;
    for (int i = 0; i < TRIES; i++) {
      float s = i;
      long start = System.nanoTime();
      Parallel.ranges(FLOATS, STRETCH, (from, to) -> triad(a, b, c, s, from, to));
      best = Math.max(best, 3.0 * Float.BYTES * FLOATS / (System.nanoTime() - start));
    }
    return best;
  }

  private static void triad(float[] a, float[] b, float[] c, float s, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = b[i] + s * c[i];
    }
  }
}
