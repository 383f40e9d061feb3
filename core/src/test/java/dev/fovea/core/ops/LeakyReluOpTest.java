package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class LeakyReluOpTest {
  @Test
  void shape() {
    assertThat(new LeakyReluOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    assertThat(Ops.leakyRelu(Tensor.vector(-4, -0f, 0, 3, Float.NaN), 0.5f).toArray())
        .containsExactly(-2, -0f, 0, 3, Float.NaN);
    Golden.read("leaky_relu").check(in -> Ops.leakyRelu(in[0], 0.01f), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(-4, 0, 3).withGrad();
    TestTensors.backward(Ops.leakyRelu(at, 0.5f), 1, 10, 100);
    assertThat(at.gradient().toArray()).containsExactly(0.5f, 5, 100);
    ActivationSweep.check(LeakyReluOp::new, x -> x > 0 ? x : 0.01 * x,
        x -> x > 0 ? 1 : 0.01);
  }

  @Test
  void readsInBackward() {
    assertThat(new LeakyReluOp().slopeFromOutput()).isEqualTo(true);
    assertThat(new LeakyReluOp().backwardReads(0)).isEqualTo(false);
    assertThat(new LeakyReluOp().backwardReadsOutput()).isEqualTo(true);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new LeakyReluOp(-0.1f)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaky_relu: expected a slope of at least 0 and finite, got -0.1");
    assertThatThrownBy(() -> new LeakyReluOp(Float.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaky_relu: expected a slope of at least 0 and finite, got NaN");
    assertThatThrownBy(() -> new LeakyReluOp(Float.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaky_relu: expected a slope of at least 0 and finite, got Infinity");
    assertThatThrownBy(() -> new LeakyReluOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("leaky_relu: expected one input, got 2");
  }
}
