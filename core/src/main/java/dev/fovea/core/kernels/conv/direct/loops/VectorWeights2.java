package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#weights} in SIMD: 8 channels by 2 vectors of filters, held in 16 accumulators while the
 * pixels go by. Written as {@link VectorProducts2} is, for the same reasons.
 */
final class VectorWeights2 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorWeights2() {}

  static void run(int[] runs, int count, float[] x, int xOffset, int xStep,
      float[] dz, int dzOffset, int dzSecond, int dzStep, float[] dw, int dwOffset) {
    FloatVector a0 = FloatVector.fromArray(S, dw, dwOffset);
    FloatVector b0 = FloatVector.fromArray(S, dw, dwOffset + L);
    FloatVector a1 = FloatVector.fromArray(S, dw, dwOffset + 2 * L);
    FloatVector b1 = FloatVector.fromArray(S, dw, dwOffset + 3 * L);
    FloatVector a2 = FloatVector.fromArray(S, dw, dwOffset + 4 * L);
    FloatVector b2 = FloatVector.fromArray(S, dw, dwOffset + 5 * L);
    FloatVector a3 = FloatVector.fromArray(S, dw, dwOffset + 6 * L);
    FloatVector b3 = FloatVector.fromArray(S, dw, dwOffset + 7 * L);
    FloatVector a4 = FloatVector.fromArray(S, dw, dwOffset + 8 * L);
    FloatVector b4 = FloatVector.fromArray(S, dw, dwOffset + 9 * L);
    FloatVector a5 = FloatVector.fromArray(S, dw, dwOffset + 10 * L);
    FloatVector b5 = FloatVector.fromArray(S, dw, dwOffset + 11 * L);
    FloatVector a6 = FloatVector.fromArray(S, dw, dwOffset + 12 * L);
    FloatVector b6 = FloatVector.fromArray(S, dw, dwOffset + 13 * L);
    FloatVector a7 = FloatVector.fromArray(S, dw, dwOffset + 14 * L);
    FloatVector b7 = FloatVector.fromArray(S, dw, dwOffset + 15 * L);
    for (int k = 0; k < 3 * count; k += 3) {
      int xi = xOffset + runs[k];
      int zi = dzOffset + runs[k + 1];
      int run = runs[k + 2];
      int p = 0;
      do {
        FloatVector ga = FloatVector.fromArray(S, dz, zi);
        FloatVector gb = FloatVector.fromArray(S, dz, zi + dzSecond);
        FloatVector v = FloatVector.broadcast(S, x[xi]);
        a0 = v.fma(ga, a0);
        b0 = v.fma(gb, b0);
        v = FloatVector.broadcast(S, x[xi + 1]);
        a1 = v.fma(ga, a1);
        b1 = v.fma(gb, b1);
        v = FloatVector.broadcast(S, x[xi + 2]);
        a2 = v.fma(ga, a2);
        b2 = v.fma(gb, b2);
        v = FloatVector.broadcast(S, x[xi + 3]);
        a3 = v.fma(ga, a3);
        b3 = v.fma(gb, b3);
        v = FloatVector.broadcast(S, x[xi + 4]);
        a4 = v.fma(ga, a4);
        b4 = v.fma(gb, b4);
        v = FloatVector.broadcast(S, x[xi + 5]);
        a5 = v.fma(ga, a5);
        b5 = v.fma(gb, b5);
        v = FloatVector.broadcast(S, x[xi + 6]);
        a6 = v.fma(ga, a6);
        b6 = v.fma(gb, b6);
        v = FloatVector.broadcast(S, x[xi + 7]);
        a7 = v.fma(ga, a7);
        b7 = v.fma(gb, b7);
        xi += xStep;
        zi += dzStep;
        p++;
      } while (p < run);
    }
    a0.intoArray(dw, dwOffset);
    b0.intoArray(dw, dwOffset + L);
    a1.intoArray(dw, dwOffset + 2 * L);
    b1.intoArray(dw, dwOffset + 3 * L);
    a2.intoArray(dw, dwOffset + 4 * L);
    b2.intoArray(dw, dwOffset + 5 * L);
    a3.intoArray(dw, dwOffset + 6 * L);
    b3.intoArray(dw, dwOffset + 7 * L);
    a4.intoArray(dw, dwOffset + 8 * L);
    b4.intoArray(dw, dwOffset + 9 * L);
    a5.intoArray(dw, dwOffset + 10 * L);
    b5.intoArray(dw, dwOffset + 11 * L);
    a6.intoArray(dw, dwOffset + 12 * L);
    b6.intoArray(dw, dwOffset + 13 * L);
    a7.intoArray(dw, dwOffset + 14 * L);
    b7.intoArray(dw, dwOffset + 15 * L);
  }
}
