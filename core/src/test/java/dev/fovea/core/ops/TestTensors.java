package dev.fovea.core.ops;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;

/** Inputs that the tests of operations share. */
final class TestTensors {
  private TestTensors() {}

  /** Normal draws, the same in every run, wanting a gradient. */
  static Tensor random(int... lengths) {
    Shape shape = Shape.of(lengths);
    return Tensor.normal(shape, new RandomSource(shape.hashCode())).withGrad();
  }

  /** The numbers 1, 2, 3, ... in row-major order, wanting a gradient. */
  static Tensor counting(int... lengths) {
    Tensor x = Tensor.zeros(Shape.of(lengths)).withGrad();
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = i + 1;
    }
    return x;
  }

  /** Sends this gradient back through the op that made y, and no further. */
  static void backward(Tensor y, float... gradient) {
    System.arraycopy(gradient, 0, y.grad(), 0, y.shape().size());
    y.op().backward(y.inputs(), y);
  }
}
