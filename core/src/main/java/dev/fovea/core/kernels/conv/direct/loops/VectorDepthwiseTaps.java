package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#depthwiseTaps} in SIMD: 9 taps by 1 vector of channels. Written as {@link VectorProducts1} is,
 * for the same reasons.
 */
final class VectorDepthwiseTaps {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorDepthwiseTaps() {}

  static void run(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, float[] dw, int dwOffset) {
    int x0 = xOffset + taps[3 * first];
    int x1 = xOffset + taps[3 * (first + 1)];
    int x2 = xOffset + taps[3 * (first + 2)];
    int x3 = xOffset + taps[3 * (first + 3)];
    int x4 = xOffset + taps[3 * (first + 4)];
    int x5 = xOffset + taps[3 * (first + 5)];
    int x6 = xOffset + taps[3 * (first + 6)];
    int x7 = xOffset + taps[3 * (first + 7)];
    int x8 = xOffset + taps[3 * (first + 8)];
    FloatVector a0 = FloatVector.fromArray(S, dw, dwOffset);
    FloatVector a1 = FloatVector.fromArray(S, dw, dwOffset + L);
    FloatVector a2 = FloatVector.fromArray(S, dw, dwOffset + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, dw, dwOffset + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, dw, dwOffset + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, dw, dwOffset + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, dw, dwOffset + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, dw, dwOffset + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, dw, dwOffset + 8 * L);
    for (int k = 0; k < 3 * count; k += 3) {
      int xi = runs[k];
      int zi = dzOffset + runs[k + 1];
      int run = runs[k + 2];
      int p = 0;
      do {
        FloatVector ga = FloatVector.fromArray(S, dz, zi);
        a0 = FloatVector.fromArray(S, x, x0 + xi).fma(ga, a0);
        a1 = FloatVector.fromArray(S, x, x1 + xi).fma(ga, a1);
        a2 = FloatVector.fromArray(S, x, x2 + xi).fma(ga, a2);
        a3 = FloatVector.fromArray(S, x, x3 + xi).fma(ga, a3);
        a4 = FloatVector.fromArray(S, x, x4 + xi).fma(ga, a4);
        a5 = FloatVector.fromArray(S, x, x5 + xi).fma(ga, a5);
        a6 = FloatVector.fromArray(S, x, x6 + xi).fma(ga, a6);
        a7 = FloatVector.fromArray(S, x, x7 + xi).fma(ga, a7);
        a8 = FloatVector.fromArray(S, x, x8 + xi).fma(ga, a8);
        xi += xStep;
        zi += Blocks.WIDTH;
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
    a8.intoArray(dw, dwOffset + 8 * L);
  }
}
