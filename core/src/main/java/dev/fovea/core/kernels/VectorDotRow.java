package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link VectorDots} of a single line with 4 others. */
final class VectorDotRow {
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final VectorSpecies<Integer> I = VectorLanes.I;
  private static final int L = S.length();
  private static final int[] UPPER_HALF = VectorLanes.upper(L / 2);
  private static final int[] UPPER_QUARTER = VectorLanes.upper(L / 4);
  private static final VectorShuffle<Integer> HALVES = VectorLanes.swap(L / 2);
  private static final VectorShuffle<Integer> QUARTERS = VectorLanes.swap(L / 4);

  private VectorDotRow() {}

  /** {@link Kernels#dotRow}. Lines beyond the last are the last once more. */
  static void multiply(int depth, float[] x, int xOffset, int lines, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    multiply(depth, x, xOffset, b, bOffset, bOffset + Math.min(1, lines - 1) * bStride,
        bOffset + Math.min(2, lines - 1) * bStride, bOffset + Math.min(3, lines - 1) * bStride, sums, sumsOffset);
  }

  private static void multiply(int depth, float[] a, int aOffset, float[] b, int b0, int b1, int b2, int b3,
      float[] sums, int sumsOffset) {
    int first = (depth - 1) % L + 1;
    IntVector counted = IntVector.fromArray(I, VectorLanes.COUNTED, L - first);
    FloatVector v = FloatVector.fromArray(S, a, aOffset).reinterpretAsInts().and(counted).reinterpretAsFloats();
    FloatVector s0 = FloatVector.fromArray(S, b, b0).reinterpretAsInts().and(counted).reinterpretAsFloats().mul(v);
    FloatVector s1 = FloatVector.fromArray(S, b, b1).reinterpretAsInts().and(counted).reinterpretAsFloats().mul(v);
    FloatVector s2 = FloatVector.fromArray(S, b, b2).reinterpretAsInts().and(counted).reinterpretAsFloats().mul(v);
    FloatVector s3 = FloatVector.fromArray(S, b, b3).reinterpretAsInts().and(counted).reinterpretAsFloats().mul(v);
    for (int p = first; p < depth; p += L) {
      v = FloatVector.fromArray(S, a, aOffset + p);
      s0 = FloatVector.fromArray(S, b, b0 + p).fma(v, s0);
      s1 = FloatVector.fromArray(S, b, b1 + p).fma(v, s1);
      s2 = FloatVector.fromArray(S, b, b2 + p).fma(v, s2);
      s3 = FloatVector.fromArray(S, b, b3 + p).fma(v, s3);
    }
    IntVector half = IntVector.fromArray(I, UPPER_HALF, 0);
    IntVector quarter = IntVector.fromArray(I, UPPER_QUARTER, 0);
    IntVector x = s0.reinterpretAsInts();
    IntVector y = s2.reinterpretAsInts();
    IntVector swap = x.lanewise(VectorOperators.XOR, y).and(half);
    IntVector even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    x = s1.reinterpretAsInts();
    y = s3.reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(half);
    IntVector odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(HALVES).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(quarter);
    even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(QUARTERS).reinterpretAsFloats())
        .intoArray(sums, sumsOffset);
  }
}
