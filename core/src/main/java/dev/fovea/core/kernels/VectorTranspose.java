package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transpose of a square of 16 by 16 floats for vectors of 16: pairs of rows that are 8, then 4, 2 and 1 apart
 * exchange the half of each that belongs to the other. 16 vectors stay in registers; written out by hand, without a
 * loop.
 */
final class VectorTranspose {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  /** Shuffles that bring lane i to lane i + distance, round the end. */
  private static final VectorShuffle<Float> UP_8 = VectorShuffle.iota(S, L - 8 % L, 1, true);
  private static final VectorShuffle<Float> UP_4 = VectorShuffle.iota(S, L - 4 % L, 1, true);
  private static final VectorShuffle<Float> UP_2 = VectorShuffle.iota(S, L - 2 % L, 1, true);
  private static final VectorShuffle<Float> UP_1 = VectorShuffle.iota(S, L - 1 % L, 1, true);
  /** Shuffles that bring lane i + distance to lane i. */
  private static final VectorShuffle<Float> DOWN_8 = VectorShuffle.iota(S, 8 % L, 1, true);
  private static final VectorShuffle<Float> DOWN_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Float> DOWN_2 = VectorShuffle.iota(S, 2 % L, 1, true);
  private static final VectorShuffle<Float> DOWN_1 = VectorShuffle.iota(S, 1 % L, 1, true);
  /** The lanes whose number has the bit of a distance. */
  private static final VectorMask<Float> ODD_8 = odd(8);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_1 = odd(1);

  private VectorTranspose() {}

  private static VectorMask<Float> odd(int distance) {
    long lanes = 0;
    for (int lane = 0; lane < L; lane++) {
      lanes |= (lane & distance) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(S, lanes);
  }

  /** As {@link BlockKernels#transpose}. */
  static void square(float[] x, int from, int stride, float[] y, int to, int yStride) {
    FloatVector r0 = FloatVector.fromArray(S, x, from);
    FloatVector r1 = FloatVector.fromArray(S, x, from + stride);
    FloatVector r2 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector r3 = FloatVector.fromArray(S, x, from + 3 * stride);
    FloatVector r4 = FloatVector.fromArray(S, x, from + 4 * stride);
    FloatVector r5 = FloatVector.fromArray(S, x, from + 5 * stride);
    FloatVector r6 = FloatVector.fromArray(S, x, from + 6 * stride);
    FloatVector r7 = FloatVector.fromArray(S, x, from + 7 * stride);
    FloatVector r8 = FloatVector.fromArray(S, x, from + 8 * stride);
    FloatVector r9 = FloatVector.fromArray(S, x, from + 9 * stride);
    FloatVector r10 = FloatVector.fromArray(S, x, from + 10 * stride);
    FloatVector r11 = FloatVector.fromArray(S, x, from + 11 * stride);
    FloatVector r12 = FloatVector.fromArray(S, x, from + 12 * stride);
    FloatVector r13 = FloatVector.fromArray(S, x, from + 13 * stride);
    FloatVector r14 = FloatVector.fromArray(S, x, from + 14 * stride);
    FloatVector r15 = FloatVector.fromArray(S, x, from + 15 * stride);
    FloatVector a0 = r0.blend(r8.rearrange(UP_8), ODD_8);
    FloatVector a8 = r0.rearrange(DOWN_8).blend(r8, ODD_8);
    FloatVector a1 = r1.blend(r9.rearrange(UP_8), ODD_8);
    FloatVector a9 = r1.rearrange(DOWN_8).blend(r9, ODD_8);
    FloatVector a2 = r2.blend(r10.rearrange(UP_8), ODD_8);
    FloatVector a10 = r2.rearrange(DOWN_8).blend(r10, ODD_8);
    FloatVector a3 = r3.blend(r11.rearrange(UP_8), ODD_8);
    FloatVector a11 = r3.rearrange(DOWN_8).blend(r11, ODD_8);
    FloatVector a4 = r4.blend(r12.rearrange(UP_8), ODD_8);
    FloatVector a12 = r4.rearrange(DOWN_8).blend(r12, ODD_8);
    FloatVector a5 = r5.blend(r13.rearrange(UP_8), ODD_8);
    FloatVector a13 = r5.rearrange(DOWN_8).blend(r13, ODD_8);
    FloatVector a6 = r6.blend(r14.rearrange(UP_8), ODD_8);
    FloatVector a14 = r6.rearrange(DOWN_8).blend(r14, ODD_8);
    FloatVector a7 = r7.blend(r15.rearrange(UP_8), ODD_8);
    FloatVector a15 = r7.rearrange(DOWN_8).blend(r15, ODD_8);
    FloatVector b0 = a0.blend(a4.rearrange(UP_4), ODD_4);
    FloatVector b4 = a0.rearrange(DOWN_4).blend(a4, ODD_4);
    FloatVector b1 = a1.blend(a5.rearrange(UP_4), ODD_4);
    FloatVector b5 = a1.rearrange(DOWN_4).blend(a5, ODD_4);
    FloatVector b2 = a2.blend(a6.rearrange(UP_4), ODD_4);
    FloatVector b6 = a2.rearrange(DOWN_4).blend(a6, ODD_4);
    FloatVector b3 = a3.blend(a7.rearrange(UP_4), ODD_4);
    FloatVector b7 = a3.rearrange(DOWN_4).blend(a7, ODD_4);
    FloatVector b8 = a8.blend(a12.rearrange(UP_4), ODD_4);
    FloatVector b12 = a8.rearrange(DOWN_4).blend(a12, ODD_4);
    FloatVector b9 = a9.blend(a13.rearrange(UP_4), ODD_4);
    FloatVector b13 = a9.rearrange(DOWN_4).blend(a13, ODD_4);
    FloatVector b10 = a10.blend(a14.rearrange(UP_4), ODD_4);
    FloatVector b14 = a10.rearrange(DOWN_4).blend(a14, ODD_4);
    FloatVector b11 = a11.blend(a15.rearrange(UP_4), ODD_4);
    FloatVector b15 = a11.rearrange(DOWN_4).blend(a15, ODD_4);
    FloatVector c0 = b0.blend(b2.rearrange(UP_2), ODD_2);
    FloatVector c2 = b0.rearrange(DOWN_2).blend(b2, ODD_2);
    FloatVector c1 = b1.blend(b3.rearrange(UP_2), ODD_2);
    FloatVector c3 = b1.rearrange(DOWN_2).blend(b3, ODD_2);
    FloatVector c4 = b4.blend(b6.rearrange(UP_2), ODD_2);
    FloatVector c6 = b4.rearrange(DOWN_2).blend(b6, ODD_2);
    FloatVector c5 = b5.blend(b7.rearrange(UP_2), ODD_2);
    FloatVector c7 = b5.rearrange(DOWN_2).blend(b7, ODD_2);
    FloatVector c8 = b8.blend(b10.rearrange(UP_2), ODD_2);
    FloatVector c10 = b8.rearrange(DOWN_2).blend(b10, ODD_2);
    FloatVector c9 = b9.blend(b11.rearrange(UP_2), ODD_2);
    FloatVector c11 = b9.rearrange(DOWN_2).blend(b11, ODD_2);
    FloatVector c12 = b12.blend(b14.rearrange(UP_2), ODD_2);
    FloatVector c14 = b12.rearrange(DOWN_2).blend(b14, ODD_2);
    FloatVector c13 = b13.blend(b15.rearrange(UP_2), ODD_2);
    FloatVector c15 = b13.rearrange(DOWN_2).blend(b15, ODD_2);
    FloatVector d0 = c0.blend(c1.rearrange(UP_1), ODD_1);
    FloatVector d1 = c0.rearrange(DOWN_1).blend(c1, ODD_1);
    FloatVector d2 = c2.blend(c3.rearrange(UP_1), ODD_1);
    FloatVector d3 = c2.rearrange(DOWN_1).blend(c3, ODD_1);
    FloatVector d4 = c4.blend(c5.rearrange(UP_1), ODD_1);
    FloatVector d5 = c4.rearrange(DOWN_1).blend(c5, ODD_1);
    FloatVector d6 = c6.blend(c7.rearrange(UP_1), ODD_1);
    FloatVector d7 = c6.rearrange(DOWN_1).blend(c7, ODD_1);
    FloatVector d8 = c8.blend(c9.rearrange(UP_1), ODD_1);
    FloatVector d9 = c8.rearrange(DOWN_1).blend(c9, ODD_1);
    FloatVector d10 = c10.blend(c11.rearrange(UP_1), ODD_1);
    FloatVector d11 = c10.rearrange(DOWN_1).blend(c11, ODD_1);
    FloatVector d12 = c12.blend(c13.rearrange(UP_1), ODD_1);
    FloatVector d13 = c12.rearrange(DOWN_1).blend(c13, ODD_1);
    FloatVector d14 = c14.blend(c15.rearrange(UP_1), ODD_1);
    FloatVector d15 = c14.rearrange(DOWN_1).blend(c15, ODD_1);
    d0.intoArray(y, to);
    d1.intoArray(y, to + yStride);
    d2.intoArray(y, to + 2 * yStride);
    d3.intoArray(y, to + 3 * yStride);
    d4.intoArray(y, to + 4 * yStride);
    d5.intoArray(y, to + 5 * yStride);
    d6.intoArray(y, to + 6 * yStride);
    d7.intoArray(y, to + 7 * yStride);
    d8.intoArray(y, to + 8 * yStride);
    d9.intoArray(y, to + 9 * yStride);
    d10.intoArray(y, to + 10 * yStride);
    d11.intoArray(y, to + 11 * yStride);
    d12.intoArray(y, to + 12 * yStride);
    d13.intoArray(y, to + 13 * yStride);
    d14.intoArray(y, to + 14 * yStride);
    d15.intoArray(y, to + 15 * yStride);
  }
}
