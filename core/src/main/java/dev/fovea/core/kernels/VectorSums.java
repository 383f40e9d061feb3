package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Sums over whole arrays: lane by lane first, then the lanes as a tree, then what is left over. */
final class VectorSums {
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final int L = S.length();
  /** Shuffles that bring lane i + distance to lane i, round the end. */
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % L, 1, true);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2 % L, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  private VectorSums() {}

  /** {@link Kernels#sum}. */
  static float sum(int n, float[] x, int xOffset) {
    FloatVector lanes = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - L; i += L) {
      lanes = lanes.add(FloatVector.fromArray(S, x, xOffset + i));
    }
    float sum = tree(lanes);
    for (; i < n; i++) {
      sum += x[xOffset + i];
    }
    return sum;
  }

  /** {@link Kernels#dot}. */
  static float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
    FloatVector lanes = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - L; i += L) {
      lanes = FloatVector.fromArray(S, a, aOffset + i).fma(FloatVector.fromArray(S, b, bOffset + i), lanes);
    }
    float sum = tree(lanes);
    for (; i < n; i++) {
      sum += a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  /** {@link Kernels#squaredDistance}. */
  static float squaredDistance(int n, float center, float[] x, int xOffset) {
    FloatVector lanes = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector d = FloatVector.fromArray(S, x, xOffset + i).sub(center);
      lanes = d.fma(d, lanes);
    }
    float sum = tree(lanes);
    for (; i < n; i++) {
      float d = x[xOffset + i] - center;
      sum += d * d;
    }
    return sum;
  }

  /** {@link Kernels#centeredDot}. */
  static float centeredDot(int n, float center, float[] a, int aOffset, float[] b, int bOffset) {
    FloatVector lanes = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - L; i += L) {
      lanes = FloatVector.fromArray(S, a, aOffset + i).sub(center).fma(FloatVector.fromArray(S, b, bOffset + i), lanes);
    }
    float sum = tree(lanes);
    for (; i < n; i++) {
      sum += (a[aOffset + i] - center) * b[bOffset + i];
    }
    return sum;
  }

  /** Adds up the lanes: the upper half onto the lower until one is left. An array of the lanes would be garbage. */
  static float tree(FloatVector lanes) {
    FloatVector folded = lanes;
    if (L >= 16) {
      folded = folded.add(folded.rearrange(BY_8));
    }
    if (L >= 8) {
      folded = folded.add(folded.rearrange(BY_4));
    }
    if (L >= 4) {
      folded = folded.add(folded.rearrange(BY_2));
    }
    return folded.add(folded.rearrange(BY_1)).lane(0);
  }
}
