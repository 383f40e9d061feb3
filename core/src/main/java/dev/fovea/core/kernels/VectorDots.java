package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Many dot products at once in SIMD: lanes run along the depth, so both matrices are read as they lie. A tile of 4 by 4
 * loads 8 vectors for 16 fused multiply-adds. Written out by hand like {@link VectorTile}, and for the same reason.
 */
final class VectorDots {
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final int L = S.length();

  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> UPPER_8 = upper(8);
  private static final VectorMask<Float> UPPER_4 = upper(4);
  private static final VectorMask<Float> UPPER_2 = upper(2);
  private static final VectorMask<Float> UPPER_1 = upper(1);

  private VectorDots() {}

  /** {@link Kernels#dotTile}. */
  static void tile(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums) {
    lanes(depth, a, aOffset, aStride, b, bOffset, bStride, sums);
    fold(sums);
    for (int p = depth - depth % L; p < depth; p++) {
      for (int i = 0; i < Kernels.DOTS; i++) {
        for (int j = 0; j < Kernels.DOTS; j++) {
          sums[i * Kernels.DOTS + j] += a[aOffset + i * aStride + p] * b[bOffset + j * bStride + p];
        }
      }
    }
  }

  private static void lanes(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums) {
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s13 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s23 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    FloatVector s33 = FloatVector.zero(S);
    for (int p = 0; p <= depth - L; p += L) {
      int bi = bOffset + p;
      FloatVector b0 = FloatVector.fromArray(S, b, bi);
      FloatVector b1 = FloatVector.fromArray(S, b, bi + bStride);
      FloatVector b2 = FloatVector.fromArray(S, b, bi + 2 * bStride);
      FloatVector b3 = FloatVector.fromArray(S, b, bi + 3 * bStride);
      int ai = aOffset + p;
      FloatVector v = FloatVector.fromArray(S, a, ai);
      s00 = b0.fma(v, s00);
      s01 = b1.fma(v, s01);
      s02 = b2.fma(v, s02);
      s03 = b3.fma(v, s03);
      v = FloatVector.fromArray(S, a, ai + aStride);
      s10 = b0.fma(v, s10);
      s11 = b1.fma(v, s11);
      s12 = b2.fma(v, s12);
      s13 = b3.fma(v, s13);
      v = FloatVector.fromArray(S, a, ai + 2 * aStride);
      s20 = b0.fma(v, s20);
      s21 = b1.fma(v, s21);
      s22 = b2.fma(v, s22);
      s23 = b3.fma(v, s23);
      v = FloatVector.fromArray(S, a, ai + 3 * aStride);
      s30 = b0.fma(v, s30);
      s31 = b1.fma(v, s31);
      s32 = b2.fma(v, s32);
      s33 = b3.fma(v, s33);
    }
    s00.intoArray(sums, 0);
    s01.intoArray(sums, L);
    s02.intoArray(sums, 2 * L);
    s03.intoArray(sums, 3 * L);
    s10.intoArray(sums, 4 * L);
    s11.intoArray(sums, 5 * L);
    s12.intoArray(sums, 6 * L);
    s13.intoArray(sums, 7 * L);
    s20.intoArray(sums, 8 * L);
    s21.intoArray(sums, 9 * L);
    s22.intoArray(sums, 10 * L);
    s23.intoArray(sums, 11 * L);
    s30.intoArray(sums, 12 * L);
    s31.intoArray(sums, 13 * L);
    s32.intoArray(sums, 14 * L);
    s33.intoArray(sums, 15 * L);
  }

  /** {@link Kernels#dotRow}. */
  static void row(int depth, float[] x, int xOffset, float[] b, int bOffset, int bStride, float[] sums) {
    lanes(depth, x, xOffset, b, bOffset, bStride, sums);
    for (int j = 0; j < Kernels.DOTS; j++) {
      sums[j] = VectorKernels.tree(FloatVector.fromArray(S, sums, j * L));
    }
    for (int p = depth - depth % L; p < depth; p++) {
      for (int j = 0; j < Kernels.DOTS; j++) {
        sums[j] += x[xOffset + p] * b[bOffset + j * bStride + p];
      }
    }
  }

  private static void lanes(int depth, float[] x, int xOffset, float[] b, int bOffset, int bStride, float[] sums) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    for (int p = 0; p <= depth - L; p += L) {
      FloatVector v = FloatVector.fromArray(S, x, xOffset + p);
      int bi = bOffset + p;
      s0 = FloatVector.fromArray(S, b, bi).fma(v, s0);
      s1 = FloatVector.fromArray(S, b, bi + bStride).fma(v, s1);
      s2 = FloatVector.fromArray(S, b, bi + 2 * bStride).fma(v, s2);
      s3 = FloatVector.fromArray(S, b, bi + 3 * bStride).fma(v, s3);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, L);
    s2.intoArray(sums, 2 * L);
    s3.intoArray(sums, 3 * L);
  }

  /**
   * Adds up the lanes of 16 vectors in {@code sums}; sum i lands at i. Two vectors are folded into one, half of whose
   * lanes belong to either, again and again until each lane is a vector's sum: L - 1 additions for L vectors.
   */
  private static void fold(float[] sums) {
    for (int i = 0; i < Kernels.DOTS * Kernels.DOTS; i += L) {
      int from = i * L;
      for (int j = from; L == 16 && j < from + 4 * L; j += L) {
        quarter(sums, j, 4 * L, SWAP_8, UPPER_8, SWAP_4, UPPER_4, j);
      }
      for (int j = from; L == 8 && j < from + 4 * L; j += L) {
        pair(FloatVector.fromArray(S, sums, j), FloatVector.fromArray(S, sums, j + 4 * L), SWAP_4, UPPER_4)
            .intoArray(sums, j);
      }
      quarter(sums, from, L, SWAP_2, UPPER_2, SWAP_1, UPPER_1, i);
    }
  }

  /** Four vectors, {@code distance} apart, become one. */
  private static void quarter(float[] sums, int from, int distance, VectorShuffle<Float> first,
      VectorMask<Float> firstUpper, VectorShuffle<Float> second, VectorMask<Float> secondUpper, int to) {
    FloatVector even = pair(FloatVector.fromArray(S, sums, from),
        FloatVector.fromArray(S, sums, from + 2 * distance), first, firstUpper);
    FloatVector odd = pair(FloatVector.fromArray(S, sums, from + distance),
        FloatVector.fromArray(S, sums, from + 3 * distance), first, firstUpper);
    pair(even, odd, second, secondUpper).intoArray(sums, to);
  }

  /** Two vectors become one: y's sums in the lanes of {@code upper}, x's in the others. */
  private static FloatVector pair(FloatVector x, FloatVector y, VectorShuffle<Float> swap, VectorMask<Float> upper) {
    return x.blend(y, upper).add(y.blend(x, upper).rearrange(swap));
  }

  /** Lane i changes places with lane i ^ distance. */
  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(S, i -> (i ^ distance) % L);
  }

  private static VectorMask<Float> upper(int distance) {
    boolean[] lanes = new boolean[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }
}
