package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#weights} in SIMD: 8 channels by 1 vector of filters, held in 8 accumulators while the
 * pixels go by. Written as {@link VectorProducts1} is, for the same reasons.
 */
final class VectorWeights1 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorWeights1() {}

  static void run(int[] runs, int count, float[] x, int xOffset, int xStep,
      float[] dz, int dzOffset, int dzStep, float[] dw, int dwOffset) {
    FloatVector a0 = FloatVector.fromArray(S, dw, dwOffset);
    FloatVector a1 = FloatVector.fromArray(S, dw, dwOffset + L);
    FloatVector a2 = FloatVector.fromArray(S, dw, dwOffset + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, dw, dwOffset + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, dw, dwOffset + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, dw, dwOffset + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, dw, dwOffset + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, dw, dwOffset + 7 * L);
    for (int k = 0; k < 3 * count; k += 3) {
      int xi = xOffset + runs[k];
      int zi = dzOffset + runs[k + 1];
      int run = runs[k + 2];
      int p = 0;
      do {
        FloatVector ga = FloatVector.fromArray(S, dz, zi);
        FloatVector v = FloatVector.broadcast(S, x[xi]);
        a0 = v.fma(ga, a0);
        v = FloatVector.broadcast(S, x[xi + 1]);
        a1 = v.fma(ga, a1);
        v = FloatVector.broadcast(S, x[xi + 2]);
        a2 = v.fma(ga, a2);
        v = FloatVector.broadcast(S, x[xi + 3]);
        a3 = v.fma(ga, a3);
        v = FloatVector.broadcast(S, x[xi + 4]);
        a4 = v.fma(ga, a4);
        v = FloatVector.broadcast(S, x[xi + 5]);
        a5 = v.fma(ga, a5);
        v = FloatVector.broadcast(S, x[xi + 6]);
        a6 = v.fma(ga, a6);
        v = FloatVector.broadcast(S, x[xi + 7]);
        a7 = v.fma(ga, a7);
        xi += xStep;
        zi += dzStep;
        p++;
      } while (p < run);
    }
    a0.intoArray(dw, dwOffset);
    a1.intoArray(dw, dwOffset + L);
    a2.intoArray(dw, dwOffset + 2 * L);
    a3.intoArray(dw, dwOffset + 3 * L);
    a4.intoArray(dw, dwOffset + 4 * L);
    a5.intoArray(dw, dwOffset + 5 * L);
    a6.intoArray(dw, dwOffset + 6 * L);
    a7.intoArray(dw, dwOffset + 7 * L);
  }
}
