package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link DirectKernels#widen} in SIMD. */
final class VectorWiden {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int HALF = DirectKernels.HALF;
  /** All lanes of a vector of half a block or less. */
  private static final VectorMask<Float> LOWER = VectorMask.fromLong(S, (1L << Math.min(L, HALF)) - 1);

  private VectorWiden() {}

  static void run(int pixels, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector zero = FloatVector.zero(S);
    for (int p = 0; p < pixels; p++) {
      int from = xOffset + p * HALF;
      int to = yOffset + p * Blocks.WIDTH;
      for (int i = 0; i < HALF; i += L) {
        zero.blend(FloatVector.fromArray(S, x, from + i), LOWER).intoArray(y, to + i);
      }
      for (int i = Math.max(L, HALF); i < Blocks.WIDTH; i += L) {
        zero.intoArray(y, to + i);
      }
    }
  }
}
