package dev.fovea.benchmarks.compare;

import java.util.Arrays;
import java.util.Collection;

/**
 * What came out over the rounds.
 *
 * @param median the middle
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {
  /**
   * The spread of some values.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("spread: expected at least one value, got none");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int last = sorted.length - 1;
    return new Spread((sorted[last / 2] + sorted[sorted.length / 2]) / 2, sorted[0], sorted[last]);
  }

  /** {@code 6498 (6120 - 6611)}; the median alone where all print alike. */
  @Override
  public String toString() {
    String range = Numbers.show(least) + " - " + Numbers.show(most);
    boolean one = Arrays.stream(new double[] {least, most}).mapToObj(Numbers::show)
        .allMatch(Numbers.show(median)::equals);
    return Numbers.show(median) + (one ? "" : " (" + range + ")");
  }
}
