package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#depthwise} in SIMD: 12 pixels by 1 vector of channels. Written as {@link VectorProducts1} is,
 * for the same reasons.
 */
final class VectorDepthwise {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorDepthwise() {}

  static void run(int[] taps, int count, float[] x, int xOffset, int[] xCells, int first, float[] w, int wOffset,
      float[] start, int startOffset, int[] startCells, float floor, float[] z, int zOffset, int[] zCells) {
    int x0 = xOffset + xCells[first];
    int x1 = xOffset + xCells[first + 1];
    int x2 = xOffset + xCells[first + 2];
    int x3 = xOffset + xCells[first + 3];
    int x4 = xOffset + xCells[first + 4];
    int x5 = xOffset + xCells[first + 5];
    int x6 = xOffset + xCells[first + 6];
    int x7 = xOffset + xCells[first + 7];
    int x8 = xOffset + xCells[first + 8];
    int x9 = xOffset + xCells[first + 9];
    int x10 = xOffset + xCells[first + 10];
    int x11 = xOffset + xCells[first + 11];
    FloatVector a0 = FloatVector.fromArray(S, start, startOffset + startCells[first]);
    FloatVector a1 = FloatVector.fromArray(S, start, startOffset + startCells[first + 1]);
    FloatVector a2 = FloatVector.fromArray(S, start, startOffset + startCells[first + 2]);
    FloatVector a3 = FloatVector.fromArray(S, start, startOffset + startCells[first + 3]);
    FloatVector a4 = FloatVector.fromArray(S, start, startOffset + startCells[first + 4]);
    FloatVector a5 = FloatVector.fromArray(S, start, startOffset + startCells[first + 5]);
    FloatVector a6 = FloatVector.fromArray(S, start, startOffset + startCells[first + 6]);
    FloatVector a7 = FloatVector.fromArray(S, start, startOffset + startCells[first + 7]);
    FloatVector a8 = FloatVector.fromArray(S, start, startOffset + startCells[first + 8]);
    FloatVector a9 = FloatVector.fromArray(S, start, startOffset + startCells[first + 9]);
    FloatVector a10 = FloatVector.fromArray(S, start, startOffset + startCells[first + 10]);
    FloatVector a11 = FloatVector.fromArray(S, start, startOffset + startCells[first + 11]);
    for (int k = 0; k < 3 * count; k += 3) {
      int i = taps[k];
      FloatVector v = FloatVector.fromArray(S, w, wOffset + taps[k + 1] * Blocks.WIDTH);
      a0 = FloatVector.fromArray(S, x, x0 + i).fma(v, a0);
      a1 = FloatVector.fromArray(S, x, x1 + i).fma(v, a1);
      a2 = FloatVector.fromArray(S, x, x2 + i).fma(v, a2);
      a3 = FloatVector.fromArray(S, x, x3 + i).fma(v, a3);
      a4 = FloatVector.fromArray(S, x, x4 + i).fma(v, a4);
      a5 = FloatVector.fromArray(S, x, x5 + i).fma(v, a5);
      a6 = FloatVector.fromArray(S, x, x6 + i).fma(v, a6);
      a7 = FloatVector.fromArray(S, x, x7 + i).fma(v, a7);
      a8 = FloatVector.fromArray(S, x, x8 + i).fma(v, a8);
      a9 = FloatVector.fromArray(S, x, x9 + i).fma(v, a9);
      a10 = FloatVector.fromArray(S, x, x10 + i).fma(v, a10);
      a11 = FloatVector.fromArray(S, x, x11 + i).fma(v, a11);
    }
    FloatVector least = FloatVector.broadcast(S, floor);
    a0.blend(least, a0.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first]);
    a1.blend(least, a1.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 1]);
    a2.blend(least, a2.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 2]);
    a3.blend(least, a3.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 3]);
    a4.blend(least, a4.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 4]);
    a5.blend(least, a5.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 5]);
    a6.blend(least, a6.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 6]);
    a7.blend(least, a7.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 7]);
    a8.blend(least, a8.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 8]);
    a9.blend(least, a9.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 9]);
    a10.blend(least, a10.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 10]);
    a11.blend(least, a11.compare(VectorOperators.LT, least)).intoArray(z, zOffset + zCells[first + 11]);
  }
}
