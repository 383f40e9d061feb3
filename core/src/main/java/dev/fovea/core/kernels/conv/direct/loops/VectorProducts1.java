package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#products} in SIMD: 12 pixels by 1 vector of output channels, held in 12 accumulators
 * while the taps go by. Fits 16 registers.
 *
 * <p>Written out by hand, and with direct calls only: in a method of this size C2 gives up inlining helpers, and a
 * vector that crosses a call is boxed. The inner loop tests at its end on purpose: tested at its start, with a length
 * that varies, it was 18 times slower; with an index of its own that steps through w, 1.5 times.
 */
final class VectorProducts1 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorProducts1() {}

  static void run(int[] taps, int count, float[] x, int xOffset, int[] xCells, int first, float[] w, int wOffset,
      float[] start, int startOffset, int[] startCells, float floor,
      float[] z, int zOffset, int[] zCells) {
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
      int xTap = taps[k];
      int wTap = wOffset + taps[k + 1] * L;
      int run = taps[k + 2];
      int i0 = x0 + xTap;
      int i1 = x1 + xTap;
      int i2 = x2 + xTap;
      int i3 = x3 + xTap;
      int i4 = x4 + xTap;
      int i5 = x5 + xTap;
      int i6 = x6 + xTap;
      int i7 = x7 + xTap;
      int i8 = x8 + xTap;
      int i9 = x9 + xTap;
      int i10 = x10 + xTap;
      int i11 = x11 + xTap;
      int c = 0;
      do {
        int wi = wTap + c * L;
        FloatVector wa = FloatVector.fromArray(S, w, wi);
        FloatVector v = FloatVector.broadcast(S, x[i0 + c]);
        a0 = v.fma(wa, a0);
        v = FloatVector.broadcast(S, x[i1 + c]);
        a1 = v.fma(wa, a1);
        v = FloatVector.broadcast(S, x[i2 + c]);
        a2 = v.fma(wa, a2);
        v = FloatVector.broadcast(S, x[i3 + c]);
        a3 = v.fma(wa, a3);
        v = FloatVector.broadcast(S, x[i4 + c]);
        a4 = v.fma(wa, a4);
        v = FloatVector.broadcast(S, x[i5 + c]);
        a5 = v.fma(wa, a5);
        v = FloatVector.broadcast(S, x[i6 + c]);
        a6 = v.fma(wa, a6);
        v = FloatVector.broadcast(S, x[i7 + c]);
        a7 = v.fma(wa, a7);
        v = FloatVector.broadcast(S, x[i8 + c]);
        a8 = v.fma(wa, a8);
        v = FloatVector.broadcast(S, x[i9 + c]);
        a9 = v.fma(wa, a9);
        v = FloatVector.broadcast(S, x[i10 + c]);
        a10 = v.fma(wa, a10);
        v = FloatVector.broadcast(S, x[i11 + c]);
        a11 = v.fma(wa, a11);
        c++;
      } while (c < run);
    }
    // Not max, which costs extra work for NaN: what compares below the floor becomes it, NaN compares as nothing.
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
