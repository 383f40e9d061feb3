package dev.fovea.benchmarks.kernels;

import dev.fovea.core.kernels.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** How many multiply-adds this machine does at most: chains of them in registers, none waiting for another. */
public final class VectorPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int ROUNDS = 2_000_000;
  private static final int TRIES = 12;

  private VectorPeak() {}

  /** GFLOP/s of all threads together, the best of some tries. */
  public static double gigaFlops() {
    int threads = Parallel.threads();
    float[] sink = new float[threads];
    double best = 0;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      Parallel.run(threads, thread -> sink[thread] = chains(0.999f, 0.001f));
      double operations = 2.0 * threads * ROUNDS * CHAINS * SPECIES.length();
      best = Math.max(best, operations / (System.nanoTime() - start));
    }
    return best;
  }

  /** a = a m + n, in twelve registers: enough for two units that take four cycles each. */
  private static float chains(float factor, float summand) {
    FloatVector m = FloatVector.broadcast(SPECIES, factor);
    FloatVector n = FloatVector.broadcast(SPECIES, summand);
    FloatVector a0 = n;
    FloatVector a1 = n;
    FloatVector a2 = n;
    FloatVector a3 = n;
    FloatVector a4 = n;
    FloatVector a5 = n;
    FloatVector a6 = n;
    FloatVector a7 = n;
    FloatVector a8 = n;
    FloatVector a9 = n;
    FloatVector a10 = n;
    FloatVector a11 = n;
    for (int i = 0; i < ROUNDS; i++) {
      a0 = a0.fma(m, n);
      a1 = a1.fma(m, n);
      a2 = a2.fma(m, n);
      a3 = a3.fma(m, n);
      a4 = a4.fma(m, n);
      a5 = a5.fma(m, n);
      a6 = a6.fma(m, n);
      a7 = a7.fma(m, n);
      a8 = a8.fma(m, n);
      a9 = a9.fma(m, n);
      a10 = a10.fma(m, n);
      a11 = a11.fma(m, n);
    }
    return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
  }
}
