package dev.fovea.core.kernels;

import java.util.Arrays;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * What brings lanes of different vectors together: two vectors x and y become one, half of whose lanes hold x's sums
 * and half y's, by exchanging the upper half of x with the lower half of y and adding the two.
 *
 * <pre>{@code
 * IntVector swap = x.lanewise(XOR, y).and(upper(d));                    // where the two will differ
 * x.lanewise(XOR, swap) + y.lanewise(XOR, swap).rearrange(swap(d))      // as floats
 * }</pre>
 *
 * <p>On bits of ints, not with a blend of floats: C2 makes one instruction of the logic, where a mask is compared anew
 * for each blend. And it moves the check of a shuffle out of a loop only while nothing there writes arrays of the
 * shuffle's own type. Together that takes a fifth of the time.
 */
final class VectorLanes {
  static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorKernels.S.vectorShape());
  private static final int L = I.length();
  /** L lanes that count, then L that do not: from L - n on, the first n lanes count. */
  static final int[] COUNTED = new int[2 * L];

  static {
    Arrays.fill(COUNTED, 0, L, -1);
  }

  private VectorLanes() {}

  /** Lane i changes places with lane i ^ distance. */
  static VectorShuffle<Integer> swap(int distance) {
    return VectorShuffle.fromOp(I, i -> (i ^ distance) % L);
  }

  /** All bits of the lanes whose number has the bit {@code distance}. */
  static int[] upper(int distance) {
    int[] lanes = new int[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i & distance) != 0 ? -1 : 0;
    }
    return lanes;
  }
}
