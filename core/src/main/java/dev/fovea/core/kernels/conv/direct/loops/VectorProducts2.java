package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#products} in SIMD: 12 pixels by 2 vectors of output channels, held in 24 accumulators
 * while the taps go by. Near the peak where there are 32 registers.
 *
 * <p>Written out by hand, and with direct calls only: in a method of this size C2 gives up inlining helpers, and a
 * vector that crosses a call is boxed. The inner loop tests at its end on purpose: tested at its start, with a length
 * that varies, it was 18 times slower; with an index of its own that steps through w, 1.5 times.
 */
final class VectorProducts2 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();

  private VectorProducts2() {}

  static void run(int[] taps, int count, float[] x, int xOffset, int[] xCells, int first, float[] w, int wOffset,
      float[] start, int startOffset, int[] startCells, int startSecond, float floor,
      float[] z, int zOffset, int[] zCells, int zSecond) {
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
    int at0 = startOffset + startCells[first];
    FloatVector a0 = FloatVector.fromArray(S, start, at0);
    FloatVector b0 = FloatVector.fromArray(S, start, at0 + startSecond);
    int at1 = startOffset + startCells[first + 1];
    FloatVector a1 = FloatVector.fromArray(S, start, at1);
    FloatVector b1 = FloatVector.fromArray(S, start, at1 + startSecond);
    int at2 = startOffset + startCells[first + 2];
    FloatVector a2 = FloatVector.fromArray(S, start, at2);
    FloatVector b2 = FloatVector.fromArray(S, start, at2 + startSecond);
    int at3 = startOffset + startCells[first + 3];
    FloatVector a3 = FloatVector.fromArray(S, start, at3);
    FloatVector b3 = FloatVector.fromArray(S, start, at3 + startSecond);
    int at4 = startOffset + startCells[first + 4];
    FloatVector a4 = FloatVector.fromArray(S, start, at4);
    FloatVector b4 = FloatVector.fromArray(S, start, at4 + startSecond);
    int at5 = startOffset + startCells[first + 5];
    FloatVector a5 = FloatVector.fromArray(S, start, at5);
    FloatVector b5 = FloatVector.fromArray(S, start, at5 + startSecond);
    int at6 = startOffset + startCells[first + 6];
    FloatVector a6 = FloatVector.fromArray(S, start, at6);
    FloatVector b6 = FloatVector.fromArray(S, start, at6 + startSecond);
    int at7 = startOffset + startCells[first + 7];
    FloatVector a7 = FloatVector.fromArray(S, start, at7);
    FloatVector b7 = FloatVector.fromArray(S, start, at7 + startSecond);
    int at8 = startOffset + startCells[first + 8];
    FloatVector a8 = FloatVector.fromArray(S, start, at8);
    FloatVector b8 = FloatVector.fromArray(S, start, at8 + startSecond);
    int at9 = startOffset + startCells[first + 9];
    FloatVector a9 = FloatVector.fromArray(S, start, at9);
    FloatVector b9 = FloatVector.fromArray(S, start, at9 + startSecond);
    int at10 = startOffset + startCells[first + 10];
    FloatVector a10 = FloatVector.fromArray(S, start, at10);
    FloatVector b10 = FloatVector.fromArray(S, start, at10 + startSecond);
    int at11 = startOffset + startCells[first + 11];
    FloatVector a11 = FloatVector.fromArray(S, start, at11);
    FloatVector b11 = FloatVector.fromArray(S, start, at11 + startSecond);
    for (int k = 0; k < 3 * count; k += 3) {
      int xTap = taps[k];
      int wTap = wOffset + taps[k + 1] * 2 * L;
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
        int wi = wTap + c * 2 * L;
        FloatVector wa = FloatVector.fromArray(S, w, wi);
        FloatVector wb = FloatVector.fromArray(S, w, wi + L);
        FloatVector v = FloatVector.broadcast(S, x[i0 + c]);
        a0 = v.fma(wa, a0);
        b0 = v.fma(wb, b0);
        v = FloatVector.broadcast(S, x[i1 + c]);
        a1 = v.fma(wa, a1);
        b1 = v.fma(wb, b1);
        v = FloatVector.broadcast(S, x[i2 + c]);
        a2 = v.fma(wa, a2);
        b2 = v.fma(wb, b2);
        v = FloatVector.broadcast(S, x[i3 + c]);
        a3 = v.fma(wa, a3);
        b3 = v.fma(wb, b3);
        v = FloatVector.broadcast(S, x[i4 + c]);
        a4 = v.fma(wa, a4);
        b4 = v.fma(wb, b4);
        v = FloatVector.broadcast(S, x[i5 + c]);
        a5 = v.fma(wa, a5);
        b5 = v.fma(wb, b5);
        v = FloatVector.broadcast(S, x[i6 + c]);
        a6 = v.fma(wa, a6);
        b6 = v.fma(wb, b6);
        v = FloatVector.broadcast(S, x[i7 + c]);
        a7 = v.fma(wa, a7);
        b7 = v.fma(wb, b7);
        v = FloatVector.broadcast(S, x[i8 + c]);
        a8 = v.fma(wa, a8);
        b8 = v.fma(wb, b8);
        v = FloatVector.broadcast(S, x[i9 + c]);
        a9 = v.fma(wa, a9);
        b9 = v.fma(wb, b9);
        v = FloatVector.broadcast(S, x[i10 + c]);
        a10 = v.fma(wa, a10);
        b10 = v.fma(wb, b10);
        v = FloatVector.broadcast(S, x[i11 + c]);
        a11 = v.fma(wa, a11);
        b11 = v.fma(wb, b11);
        c++;
      } while (c < run);
    }
    // Not max, which costs extra work for NaN: what compares below the floor becomes it, NaN compares as nothing.
    FloatVector least = FloatVector.broadcast(S, floor);
    int zi = zOffset + zCells[first];
    a0.blend(least, a0.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b0.blend(least, b0.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 1];
    a1.blend(least, a1.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b1.blend(least, b1.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 2];
    a2.blend(least, a2.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b2.blend(least, b2.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 3];
    a3.blend(least, a3.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b3.blend(least, b3.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 4];
    a4.blend(least, a4.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b4.blend(least, b4.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 5];
    a5.blend(least, a5.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b5.blend(least, b5.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 6];
    a6.blend(least, a6.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b6.blend(least, b6.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 7];
    a7.blend(least, a7.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b7.blend(least, b7.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 8];
    a8.blend(least, a8.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b8.blend(least, b8.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 9];
    a9.blend(least, a9.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b9.blend(least, b9.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 10];
    a10.blend(least, a10.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b10.blend(least, b10.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
    zi = zOffset + zCells[first + 11];
    a11.blend(least, a11.compare(VectorOperators.LT, least)).intoArray(z, zi);
    b11.blend(least, b11.compare(VectorOperators.LT, least)).intoArray(z, zi + zSecond);
  }
}
