package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#depthwise} in SIMD: the weights of 9 taps stay in registers while the pixels go by. Three sums a
 * pixel, or each addition would wait for the one before.
 */
final class VectorDepthwise {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorDepthwise() {}

  static void run(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] w, int wOffset, float[] start, int startOffset, int startFactor, float floor,
      float[] z, int zOffset, int zStep) {
    int x0 = xOffset + taps[3 * first];
    int x1 = xOffset + taps[3 * (first + 1)];
    int x2 = xOffset + taps[3 * (first + 2)];
    int x3 = xOffset + taps[3 * (first + 3)];
    int x4 = xOffset + taps[3 * (first + 4)];
    int x5 = xOffset + taps[3 * (first + 5)];
    int x6 = xOffset + taps[3 * (first + 6)];
    int x7 = xOffset + taps[3 * (first + 7)];
    int x8 = xOffset + taps[3 * (first + 8)];
    FloatVector w0 = FloatVector.fromArray(S, w, wOffset);
    FloatVector w1 = FloatVector.fromArray(S, w, wOffset + L);
    FloatVector w2 = FloatVector.fromArray(S, w, wOffset + 2 * L);
    FloatVector w3 = FloatVector.fromArray(S, w, wOffset + 3 * L);
    FloatVector w4 = FloatVector.fromArray(S, w, wOffset + 4 * L);
    FloatVector w5 = FloatVector.fromArray(S, w, wOffset + 5 * L);
    FloatVector w6 = FloatVector.fromArray(S, w, wOffset + 6 * L);
    FloatVector w7 = FloatVector.fromArray(S, w, wOffset + 7 * L);
    FloatVector w8 = FloatVector.fromArray(S, w, wOffset + 8 * L);
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int k = 0; k < 3 * count; k += 3) {
      int xi = runs[k];
      int zi = runs[k + 1];
      int run = runs[k + 2];
      int p = 0;
      do {
        FloatVector a = FloatVector.fromArray(S, x, x0 + xi).fma(w0,
            FloatVector.fromArray(S, start, startOffset + startFactor * zi));
        FloatVector b = FloatVector.fromArray(S, x, x1 + xi).mul(w1);
        FloatVector c = FloatVector.fromArray(S, x, x2 + xi).mul(w2);
        a = FloatVector.fromArray(S, x, x3 + xi).fma(w3, a);
        b = FloatVector.fromArray(S, x, x4 + xi).fma(w4, b);
        c = FloatVector.fromArray(S, x, x5 + xi).fma(w5, c);
        a = FloatVector.fromArray(S, x, x6 + xi).fma(w6, a);
        b = FloatVector.fromArray(S, x, x7 + xi).fma(w7, b);
        c = FloatVector.fromArray(S, x, x8 + xi).fma(w8, c);
        a = a.add(b).add(c);
        a.blend(least, a.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zi);
        xi += xStep;
        zi += zStep;
        p++;
      } while (p < run);
    }
  }
}
