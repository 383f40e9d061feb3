package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Adds up what {@link VectorDots} leaves: columns of 4 sums each, in L / 4 lanes a sum. */
final class VectorFold {
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final VectorSpecies<Integer> I = VectorLanes.I;
  private static final int L = S.length();
  private static final int[] UPPER_8 = VectorLanes.upper(8);
  private static final int[] UPPER_4 = VectorLanes.upper(4);
  private static final int[] UPPER_2 = VectorLanes.upper(2);
  private static final int[] UPPER_1 = VectorLanes.upper(1);
  private static final VectorShuffle<Integer> BY_8 = VectorLanes.swap(8);
  private static final VectorShuffle<Integer> BY_4 = VectorLanes.swap(4);
  private static final VectorShuffle<Integer> BY_2 = VectorLanes.swap(2);
  private static final VectorShuffle<Integer> BY_1 = VectorLanes.swap(1);
  private static final float[] ZEROS = new float[L];

  private VectorFold() {}

  /** {@link Kernels#foldDots}. */
  static void fold(int columns, float[] sums, int sumsOffset, float[] c, int cOffset, int cStride, boolean add) {
    if (L < Kernels.DOT_STRIP) {
      narrow(columns, sums, sumsOffset, c, cOffset, cStride, add);
    } else if (columns < Kernels.DOT_STRIP) {
      sixteen(sums, sumsOffset, ZEROS, 0, 0, sums, sumsOffset, L);
      for (int i = 0; i < Kernels.DOTS; i++) {
        for (int j = 0; j < columns; j++) {
          put(sums[sumsOffset + i * L + j], c, cOffset + i * cStride + j, add);
        }
      }
    } else if (add) {
      sixteen(sums, sumsOffset, c, cOffset, cStride, c, cOffset, cStride);
    } else {
      sixteen(sums, sumsOffset, ZEROS, 0, 0, c, cOffset, cStride);
    }
  }

  /** With fewer than 16 lanes, a sum has 1 or 2 of them. */
  private static void narrow(int columns, float[] sums, int sumsOffset,
      float[] c, int cOffset, int cStride, boolean add) {
    int parts = L / Kernels.DOTS;
    for (int i = 0; i < Kernels.DOTS; i++) {
      for (int j = 0; j < columns; j++) {
        int from = sumsOffset + j * L + i * parts;
        put(sums[from] + (parts == 2 ? sums[from + 1] : 0f), c, cOffset + i * cStride + j, add);
      }
    }
  }

  private static void put(float sum, float[] c, int at, boolean add) {
    c[at] = add ? c[at] + sum : sum;
  }

  /**
   * C = start + the sums of 16 columns. Four columns are folded into one vector that holds 4 lanes of each row; then
   * the rows of four such vectors change places with their columns. Row i of {@code start} begins at {@code startOffset
   * + i * startStride}, as in {@link VectorTile#multiply}.
   */
  private static void sixteen(float[] sums, int from, float[] start, int startOffset, int startStride,
      float[] c, int cOffset, int cStride) {
    IntVector upper2 = IntVector.fromArray(I, UPPER_2, 0);
    IntVector upper1 = IntVector.fromArray(I, UPPER_1, 0);
    IntVector x = FloatVector.fromArray(S, sums, from).reinterpretAsInts();
    IntVector y = FloatVector.fromArray(S, sums, from + 2 * L).reinterpretAsInts();
    IntVector swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    IntVector even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 3 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    IntVector odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(upper1);
    IntVector r0 = even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(BY_1).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + 4 * L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 6 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + 5 * L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 7 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(upper1);
    IntVector r1 = even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(BY_1).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + 8 * L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 10 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + 9 * L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 11 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(upper1);
    IntVector r2 = even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(BY_1).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + 12 * L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 14 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    even = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    x = FloatVector.fromArray(S, sums, from + 13 * L).reinterpretAsInts();
    y = FloatVector.fromArray(S, sums, from + 15 * L).reinterpretAsInts();
    swap = x.lanewise(VectorOperators.XOR, y).and(upper2);
    odd = x.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(y.lanewise(VectorOperators.XOR, swap).rearrange(BY_2).reinterpretAsFloats()).reinterpretAsInts();
    swap = even.lanewise(VectorOperators.XOR, odd).and(upper1);
    IntVector r3 = even.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats()
        .add(odd.lanewise(VectorOperators.XOR, swap).rearrange(BY_1).reinterpretAsFloats()).reinterpretAsInts();
    IntVector upper8 = IntVector.fromArray(I, UPPER_8, 0);
    IntVector upper4 = IntVector.fromArray(I, UPPER_4, 0);
    swap = r0.lanewise(VectorOperators.XOR, r2.rearrange(BY_8)).and(upper8);
    r0 = r0.lanewise(VectorOperators.XOR, swap);
    r2 = r2.lanewise(VectorOperators.XOR, swap.rearrange(BY_8));
    swap = r1.lanewise(VectorOperators.XOR, r3.rearrange(BY_8)).and(upper8);
    r1 = r1.lanewise(VectorOperators.XOR, swap);
    r3 = r3.lanewise(VectorOperators.XOR, swap.rearrange(BY_8));
    swap = r0.lanewise(VectorOperators.XOR, r1.rearrange(BY_4)).and(upper4);
    r0 = r0.lanewise(VectorOperators.XOR, swap);
    r1 = r1.lanewise(VectorOperators.XOR, swap.rearrange(BY_4));
    swap = r2.lanewise(VectorOperators.XOR, r3.rearrange(BY_4)).and(upper4);
    r2 = r2.lanewise(VectorOperators.XOR, swap);
    r3 = r3.lanewise(VectorOperators.XOR, swap.rearrange(BY_4));
    r0.reinterpretAsFloats().add(FloatVector.fromArray(S, start, startOffset))
        .intoArray(c, cOffset);
    r1.reinterpretAsFloats().add(FloatVector.fromArray(S, start, startOffset + startStride))
        .intoArray(c, cOffset + cStride);
    r2.reinterpretAsFloats().add(FloatVector.fromArray(S, start, startOffset + 2 * startStride))
        .intoArray(c, cOffset + 2 * cStride);
    r3.reinterpretAsFloats().add(FloatVector.fromArray(S, start, startOffset + 3 * startStride))
        .intoArray(c, cOffset + 3 * cStride);
  }
}
