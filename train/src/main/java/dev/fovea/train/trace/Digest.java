package dev.fovea.train.trace;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Many values in a few numbers.
 *
 * @param min the least finite value; 0 if there is none
 * @param mean of the finite values
 * @param max the largest finite value
 * @param zeros the share of values that are exactly 0
 * @param odd how many values are NaN or infinite
 * @param histogram how many values, zeros left out, lie in each of so many equal parts between least and largest
 */
record Digest(double min, double mean, double max, double zeros, int odd, List<Integer> histogram) {
  private static final int PARTS = 24;
  /** A mean below this share of the largest value is what rounding leaves of 0. */
  private static final double DUST = 1e-6;

  static Digest of(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int zeros = 0;
    int odd = 0;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        odd++;
        continue;
      }
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      zeros += value == 0 ? 1 : 0;
    }
    int finite = values.length - odd;
    if (finite == 0) {
      return new Digest(0, 0, 0, 0, odd, Collections.nCopies(PARTS, 0));
    }
    double mean = sum / finite;
    boolean dust = Math.abs(mean) < DUST * Math.max(Math.abs(min), Math.abs(max));
    return new Digest(min, dust ? 0 : mean, max, (double) zeros / values.length, odd, histogram(values, min, max));
  }

  Digest withoutHistogram() {
    return new Digest(min, mean, max, zeros, odd, List.of());
  }

  private static List<Integer> histogram(float[] values, double min, double max) {
    int[] counts = new int[PARTS];
    for (float value : values) {
      if (Float.isFinite(value) && value != 0) {
        counts[max == min ? 0 : (int) Math.min(PARTS - 1, (value - min) / (max - min) * PARTS)]++;
      }
    }
    return Arrays.stream(counts).boxed().toList();
  }
}
