package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many dot products at once in SIMD: lanes run along the depth, so both matrices are read as they lie. Written out by
 * hand like {@link VectorTile}, and for the same reason.
 *
 * <p>The depth's remainder comes first: lanes that belong to the next vector are masked in both operands, lest an
 * infinity there be counted. In the end each column's 4 sums are brought into one vector, in L / 4 lanes each (see
 * {@link VectorLanes}), while they are in registers still: storing and loading them takes longer than adding them up.
 * {@link VectorFold} does the rest.
 */
final class VectorDots {
  /** A tile of 4 by 5 loads 9 vectors for 20 multiply-adds; C2 loads all before it begins: 29 registers. */
  static final int WIDEST = 5;
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final VectorSpecies<Integer> I = VectorLanes.I;
  private static final int L = S.length();
  private static final int[] UPPER_HALF = VectorLanes.upper(L / 2);
  private static final int[] UPPER_QUARTER = VectorLanes.upper(L / 4);
  private static final VectorShuffle<Integer> HALVES = VectorLanes.swap(L / 2);
  private static final VectorShuffle<Integer> QUARTERS = VectorLanes.swap(L / 4);

  private VectorDots() {}

  /** {@link Kernels#dotTile} of 5 columns. */
  static void five(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    int first = (depth - 1) % L + 1;
    IntVector counted = IntVector.fromArray(I, VectorLanes.COUNTED, L - first);
    FloatVector a0 = FloatVector.fromArray(S, a, aOffset).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector a1 = FloatVector.fromArray(S, a, aOffset + aStride)
        .reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector a2 = FloatVector.fromArray(S, a, aOffset + 2 * aStride)
        .reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector a3 = FloatVector.fromArray(S, a, aOffset + 3 * aStride)
        .reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector v = FloatVector.fromArray(S, b, bOffset).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s00 = a0.mul(v);
    FloatVector s10 = a1.mul(v);
    FloatVector s20 = a2.mul(v);
    FloatVector s30 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s01 = a0.mul(v);
    FloatVector s11 = a1.mul(v);
    FloatVector s21 = a2.mul(v);
    FloatVector s31 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + 2 * bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s02 = a0.mul(v);
    FloatVector s12 = a1.mul(v);
    FloatVector s22 = a2.mul(v);
    FloatVector s32 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + 3 * bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s03 = a0.mul(v);
    FloatVector s13 = a1.mul(v);
    FloatVector s23 = a2.mul(v);
    FloatVector s33 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + 4 * bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s04 = a0.mul(v);
    FloatVector s14 = a1.mul(v);
    FloatVector s24 = a2.mul(v);
    FloatVector s34 = a3.mul(v);
    for (int p = first; p < depth; p += L) {
      int ai = aOffset + p;
      a0 = FloatVector.fromArray(S, a, ai);
      a1 = FloatVector.fromArray(S, a, ai + aStride);
      a2 = FloatVector.fromArray(S, a, ai + 2 * aStride);
      a3 = FloatVector.fromArray(S, a, ai + 3 * aStride);
      int bi = bOffset + p;
      v = FloatVector.fromArray(S, b, bi);
      s00 = a0.fma(v, s00);
      s10 = a1.fma(v, s10);
      s20 = a2.fma(v, s20);
      s30 = a3.fma(v, s30);
      v = FloatVector.fromArray(S, b, bi + bStride);
      s01 = a0.fma(v, s01);
      s11 = a1.fma(v, s11);
      s21 = a2.fma(v, s21);
      s31 = a3.fma(v, s31);
      v = FloatVector.fromArray(S, b, bi + 2 * bStride);
      s02 = a0.fma(v, s02);
      s12 = a1.fma(v, s12);
      s22 = a2.fma(v, s22);
      s32 = a3.fma(v, s32);
      v = FloatVector.fromArray(S, b, bi + 3 * bStride);
      s03 = a0.fma(v, s03);
      s13 = a1.fma(v, s13);
      s23 = a2.fma(v, s23);
      s33 = a3.fma(v, s33);
      v = FloatVector.fromArray(S, b, bi + 4 * bStride);
      s04 = a0.fma(v, s04);
      s14 = a1.fma(v, s14);
      s24 = a2.fma(v, s24);
      s34 = a3.fma(v, s34);
    }
    IntVector half = IntVector.fromArray(I, UPPER_HALF, 0);
    IntVector quarter = IntVector.fromArray(I, UPPER_QUARTER, 0);
    IntVector x = s00.reinterpretAsInts();
    IntVector y = s20.reinterpretAsInts();
    IntVector swap = x.lanewise(VectorOperators.XOR, y).and(half);
    IntVector even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s10.reinterpretAsInts();
    y = s30.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    IntVector odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset);
    x = s01.reinterpretAsInts();
    y = s21.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s11.reinterpretAsInts();
    y = s31.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + L);
    x = s02.reinterpretAsInts();
    y = s22.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s12.reinterpretAsInts();
    y = s32.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + 2 * L);
    x = s03.reinterpretAsInts();
    y = s23.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s13.reinterpretAsInts();
    y = s33.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + 3 * L);
    x = s04.reinterpretAsInts();
    y = s24.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s14.reinterpretAsInts();
    y = s34.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + 4 * L);
  }

  /** {@link Kernels#dotTile} of 4 columns. */
  static void four(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    int first = (depth - 1) % L + 1;
    IntVector counted = IntVector.fromArray(I, VectorLanes.COUNTED, L - first);
    FloatVector a0 = FloatVector.fromArray(S, a, aOffset).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector a1 = FloatVector.fromArray(S, a, aOffset + aStride)
        .reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector a2 = FloatVector.fromArray(S, a, aOffset + 2 * aStride)
        .reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector a3 = FloatVector.fromArray(S, a, aOffset + 3 * aStride)
        .reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector v = FloatVector.fromArray(S, b, bOffset).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s00 = a0.mul(v);
    FloatVector s10 = a1.mul(v);
    FloatVector s20 = a2.mul(v);
    FloatVector s30 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s01 = a0.mul(v);
    FloatVector s11 = a1.mul(v);
    FloatVector s21 = a2.mul(v);
    FloatVector s31 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + 2 * bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s02 = a0.mul(v);
    FloatVector s12 = a1.mul(v);
    FloatVector s22 = a2.mul(v);
    FloatVector s32 = a3.mul(v);
    v = FloatVector.fromArray(S, b, bOffset + 3 * bStride).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s03 = a0.mul(v);
    FloatVector s13 = a1.mul(v);
    FloatVector s23 = a2.mul(v);
    FloatVector s33 = a3.mul(v);
    for (int p = first; p < depth; p += L) {
      int ai = aOffset + p;
      a0 = FloatVector.fromArray(S, a, ai);
      a1 = FloatVector.fromArray(S, a, ai + aStride);
      a2 = FloatVector.fromArray(S, a, ai + 2 * aStride);
      a3 = FloatVector.fromArray(S, a, ai + 3 * aStride);
      int bi = bOffset + p;
      v = FloatVector.fromArray(S, b, bi);
      s00 = a0.fma(v, s00);
      s10 = a1.fma(v, s10);
      s20 = a2.fma(v, s20);
      s30 = a3.fma(v, s30);
      v = FloatVector.fromArray(S, b, bi + bStride);
      s01 = a0.fma(v, s01);
      s11 = a1.fma(v, s11);
      s21 = a2.fma(v, s21);
      s31 = a3.fma(v, s31);
      v = FloatVector.fromArray(S, b, bi + 2 * bStride);
      s02 = a0.fma(v, s02);
      s12 = a1.fma(v, s12);
      s22 = a2.fma(v, s22);
      s32 = a3.fma(v, s32);
      v = FloatVector.fromArray(S, b, bi + 3 * bStride);
      s03 = a0.fma(v, s03);
      s13 = a1.fma(v, s13);
      s23 = a2.fma(v, s23);
      s33 = a3.fma(v, s33);
    }
    IntVector half = IntVector.fromArray(I, UPPER_HALF, 0);
    IntVector quarter = IntVector.fromArray(I, UPPER_QUARTER, 0);
    IntVector x = s00.reinterpretAsInts();
    IntVector y = s20.reinterpretAsInts();
    IntVector swap = x.lanewise(VectorOperators.XOR, y).and(half);
    IntVector even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s10.reinterpretAsInts();
    y = s30.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    IntVector odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset);
    x = s01.reinterpretAsInts();
    y = s21.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s11.reinterpretAsInts();
    y = s31.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + L);
    x = s02.reinterpretAsInts();
    y = s22.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s12.reinterpretAsInts();
    y = s32.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + 2 * L);
    x = s03.reinterpretAsInts();
    y = s23.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s13.reinterpretAsInts();
    y = s33.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset + 3 * L);
  }
}
