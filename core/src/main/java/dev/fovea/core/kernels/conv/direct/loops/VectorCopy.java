package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link DirectKernels#copy} in SIMD. */
final class VectorCopy {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorCopy() {}

  static void run(int pixels, float[] x, int xOffset, int xStep, float[] y, int yOffset, int yStep) {
    int from = xOffset;
    int to = yOffset;
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < Blocks.WIDTH; i += L) {
        FloatVector.fromArray(S, x, from + i).intoArray(y, to + i);
      }
      from += xStep;
      to += yStep;
    }
  }
}
