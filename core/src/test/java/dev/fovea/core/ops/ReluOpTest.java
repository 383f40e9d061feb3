package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class ReluOpTest {
  @Test
  void shape() {
    assertThat(new ReluOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    Tensor y = Ops.relu(Tensor.vector(-2, -0f, 0, 3, Float.NaN, Float.NEGATIVE_INFINITY));
    assertThat(y.toArray()).containsExactly(0, 0, 0, 3, Float.NaN, 0);
    Golden.read("relu").check(in -> Ops.relu(in[0]), "input");
  }

  @Test
  void gradient() {
    OpContract.of(ReluOp::new, awayFromZero(Shape.of(5, 7))).holds();
    Tensor x = Tensor.vector(-1, 0, 2).withGrad();
    Tensor y = Ops.relu(x);
    y.grad()[0] = y.grad()[1] = y.grad()[2] = 1;
    y.op().backward(y.inputs(), y);
    assertThat(x.gradient().toArray()).containsExactly(0, 0, 1);
  }

  @Test
  void everyActivationsContract() {
    ActivationSweep.check(ReluOp::new, x -> Math.max(x, 0), x -> x > 0 ? 1 : 0);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new ReluOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("relu: expected one input, got 2");
  }

  /** Values whose distance from the kink is larger than the step of the check. */
  private static Tensor awayFromZero(Shape shape) {
    Tensor x = Tensor.normal(shape, new RandomSource(3)).withGrad();
    for (int i = 0; i < shape.size(); i++) {
      x.data()[i] += Math.signum(x.data()[i]) * 0.1f;
    }
    return x;
  }
}
