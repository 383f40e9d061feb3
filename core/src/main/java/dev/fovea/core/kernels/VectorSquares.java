package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of squares as exact as in double precision, in vectors of floats: what rounding takes from a square and from a
 * sum is a float itself, and is summed beside it (Ogita, Rump and Oishi, "Accurate sum and dot product", SIAM J. Sci.
 * Comput. 2005). Vectors of doubles would be a second kind of vector in the process, and C2 would box those of the
 * other kernels.
 */
final class VectorSquares {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  /** Elements that are summed at one go: the errors of the sum of errors count as little as double's own. */
  private static final int STRETCH = 1 << 12;
  /** Within these bounds no square that counts was too small or too large for a float. */
  private static final double LEAST = 1e-20;
  private static final double MOST = 1e30;

  private VectorSquares() {}

  /** As {@link Kernels#sumOfSquares}. */
  static double sum(int n, float[] x, int xOffset) {
    double sum = 0;
    for (int i = 0; i < n; i += STRETCH) {
      sum += sumOfStretch(Math.min(STRETCH, n - i), x, xOffset + i);
    }
    return sum;
  }

  private static double sumOfStretch(int n, float[] x, int from) {
    int whole = n / (2 * L) * 2 * L;
    float[] lanes = Scratch.floats(Scratch.Purpose.LANES, 4 * L);
    sumLanes(whole, x, from, lanes);
    double sum = 0;
    for (int i = 0; i < 4 * L; i++) {
      sum += lanes[i];
    }
    for (int i = from + whole; i < from + n; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum >= LEAST && sum <= MOST ? sum : ScalarKernels.squares(n, x, from);
  }

  /** Two vectors of sums, then two of what they lack. */
  private static void sumLanes(int n, float[] x, int from, float[] lanes) {
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector sum1 = FloatVector.zero(S);
    FloatVector lost0 = FloatVector.zero(S);
    FloatVector lost1 = FloatVector.zero(S);
    for (int i = from; i < from + n; i += 2 * L) {
      FloatVector x0 = FloatVector.fromArray(S, x, i);
      FloatVector x1 = FloatVector.fromArray(S, x, i + L);
      FloatVector square0 = x0.mul(x0);
      FloatVector square1 = x1.mul(x1);
      FloatVector excess0 = x0.neg().fma(x0, square0);
      FloatVector excess1 = x1.neg().fma(x1, square1);
      FloatVector next0 = sum0.add(square0);
      FloatVector next1 = sum1.add(square1);
      FloatVector added0 = next0.sub(sum0);
      FloatVector added1 = next1.sub(sum1);
      lost0 = lost0.add(sum0.sub(next0.sub(added0)).add(square0.sub(added0)).sub(excess0));
      lost1 = lost1.add(sum1.sub(next1.sub(added1)).add(square1.sub(added1)).sub(excess1));
      sum0 = next0;
      sum1 = next1;
    }
    sum0.intoArray(lanes, 0);
    sum1.intoArray(lanes, L);
    lost0.intoArray(lanes, 2 * L);
    lost1.intoArray(lanes, 3 * L);
  }
}
