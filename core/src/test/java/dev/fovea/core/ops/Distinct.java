package dev.fovea.core.ops;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;

/** Inputs for what has kinks where values are equal. */
final class Distinct {
  private Distinct() {}

  /** The multiples of 0.1 around 0, shuffled, wanting a gradient: any two are further apart than the check's step. */
  static Tensor values(Shape shape) {
    Tensor x = Tensor.zeros(shape).withGrad();
    int[] order = new RandomSource(11).permutation(shape.size());
    for (int i = 0; i < order.length; i++) {
      x.data()[i] = 0.1f * (order[i] - order.length / 2);
    }
    return x;
  }
}
