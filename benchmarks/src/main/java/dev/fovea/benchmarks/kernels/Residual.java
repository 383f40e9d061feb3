package dev.fovea.benchmarks.kernels;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.function.ToDoubleFunction;

/** How far computed values are from exact ones, at some places drawn at random. */
final class Residual {
  private Residual() {}

  /**
   * The largest difference, relative to the largest exact value.
   *
   * @param computed what a kernel gave
   * @param places how many places are looked at
   * @param exact the value at some indices in double precision
   */
  static double of(Tensor computed, int places, ToDoubleFunction<int[]> exact) {
    RandomSource random = new RandomSource(5L);
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < places; i++) {
      int[] place = place(computed.shape(), random);
      double value = exact.applyAsDouble(place);
      largest = Math.max(largest, Math.abs(value));
      difference = Math.max(difference, Math.abs(value - computed.get(place)));
    }
    return largest == 0 ? difference : difference / largest;
  }

  private static int[] place(Shape shape, RandomSource random) {
    int[] place = new int[shape.rank()];
    for (int axis = 0; axis < place.length; axis++) {
      place[axis] = random.below(shape.dim(axis));
    }
    return place;
  }
}
