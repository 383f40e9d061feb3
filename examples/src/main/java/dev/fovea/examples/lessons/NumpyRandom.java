package dev.fovea.examples.lessons;

import org.hipparchus.random.MersenneTwister;
import org.hipparchus.util.FastMath;

/**
 * The numbers that NumPy's older generator gives after {@code np.random.seed(seed)}, so that a notebook and a lesson
 * work with the same weights.
 *
 * <p>Its raw integers are the Mersenne twister's, seeded by the rule for a single integer. A double takes two of them,
 * 27 bits of the first above 26 bits of the second. Normal numbers come in pairs by the polar method: (u, v) is drawn
 * in the square from -1 to 1 until s = u^2 + v^2 lies inside the circle; v sqrt(-2 ln s / s) is given, and the other,
 * u sqrt(-2 ln s / s), kept for the next call.
 */
final class NumpyRandom {
  private static final long MOST = 0xffff_ffffL;
  private static final double TWO_TO_26 = 1 << 26;
  private static final double TWO_TO_53 = 1L << 53;

  private final MersenneTwister twister;
  private double kept = Double.NaN;

  /**
   * The generator after {@code np.random.seed(seed)}.
   *
   * @throws IllegalArgumentException if NumPy would not take the seed: below 0 or above 2^32 - 1
   */
  NumpyRandom(long seed) {
    if (seed < 0 || seed > MOST) {
      throw new IllegalArgumentException("numpy random: expected a seed from 0 to " + MOST + ", got " + seed);
    }
    twister = new MersenneTwister((int) seed);
  }

  /** The next 32 raw bits. */
  int bits() {
    return twister.nextInt();
  }

  /** {@code np.random.rand()}: from 0 (inclusive) to 1 (exclusive). */
  double rand() {
    return ((bits() >>> 5) * TWO_TO_26 + (bits() >>> 6)) / TWO_TO_53;
  }

  /** {@code np.random.randn()}: mean 0, deviation 1. */
  double randn() {
    if (!Double.isNaN(kept)) {
      double second = kept;
      kept = Double.NaN;
      return second;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * rand() - 1;
      v = 2 * rand() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    // NumPy takes the C library's logarithm. With glibc's this one agrees to the last bit in all but 38 of 100,000
    // draws, where StrictMath's differs in 3,218; as a float the results were the same in each.
    double factor = Math.sqrt(-2 * FastMath.log(s) / s);
    kept = factor * u;
    return factor * v;
  }

  /** {@code np.random.randn(count)}. */
  double[] randn(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = randn();
    }
    return values;
  }
}
