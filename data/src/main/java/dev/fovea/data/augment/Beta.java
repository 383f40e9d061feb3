package dev.fovea.data.augment;

import dev.fovea.core.RandomSource;

/** Random numbers from Beta distributions. */
final class Beta {
  private Beta() {}

  /** From Beta(alpha, alpha), 0..1: the share of one of two numbers from Gamma(alpha) in their sum. */
  static double draw(double alpha, RandomSource random) {
    double first = logOfGamma(alpha, random);
    double second = logOfGamma(alpha, random);
    return 1 / (1 + StrictMath.exp(second - first));
  }

  /**
   * The logarithm of a number from Gamma(alpha): Marsaglia and Tsang, "A simple method for generating gamma variables",
   * 2000; for alpha below 1 they multiply one from Gamma(alpha + 1) by uniform^(1/alpha), which may be too small for
   * anything but its logarithm.
   */
  private static double logOfGamma(double alpha, RandomSource random) {
    if (alpha < 1) {
      return logOfGamma(alpha + 1, random) + StrictMath.log(1 - random.uniform()) / alpha;
    }
    double d = alpha - 1 / 3.0;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double normal = random.normal();
      double v = 1 + c * normal;
      double cube = v * v * v;
      double limit = v > 0 ? normal * normal / 2 + d - d * cube + d * StrictMath.log(cube) : Double.NEGATIVE_INFINITY;
      if (StrictMath.log(1 - random.uniform()) < limit) {
        return StrictMath.log(d * cube);
      }
    }
  }
}
