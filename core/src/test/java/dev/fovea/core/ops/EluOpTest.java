package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EluOpTest {
  @Test
  void shape() {
    assertThat(new EluOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // e^(-ln 2) is a half.
    assertThat(Ops.elu(Tensor.vector(-0.6931472f, 0, 3, -1000), 2).toArray())
        .containsExactly(new float[] {-1, 0, 3, -2}, Offset.offset(1e-6f));
    Golden.read("elu").check(in -> Ops.elu(in[0], 1), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(0, 3, -1000).withGrad();
    TestTensors.backward(Ops.elu(at, 2), 1, 10, 100);
    assertThat(at.gradient().toArray()).containsExactly(2, 10, 0);
    ActivationSweep.check(EluOp::new, x -> x > 0 ? x : StrictMath.expm1(x),
        x -> x > 0 ? 1 : StrictMath.exp(x));
  }

  @Test
  void readsInBackward() {
    assertThat(new EluOp().slopeFromOutput()).isEqualTo(true);
    assertThat(new EluOp().backwardReads(0)).isEqualTo(false);
    assertThat(new EluOp().backwardReadsOutput()).isEqualTo(true);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new EluOp(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("elu: expected an alpha above 0 and finite, got 0.0");
    assertThatThrownBy(() -> new EluOp(Float.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("elu: expected an alpha above 0 and finite, got NaN");
    assertThatThrownBy(() -> new EluOp(Float.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("elu: expected an alpha above 0 and finite, got Infinity");
    assertThatThrownBy(() -> new EluOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("elu: expected one input, got 2");
  }
}
