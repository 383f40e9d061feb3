package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SeluOpTest {
  @Test
  void shape() {
    assertThat(new SeluOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // The scale is 1.0507010, times alpha 1.7580993, of which e^(-ln 2) leaves a half.
    assertThat(Ops.selu(Tensor.vector(-0.6931472f, 0, 1, -1000)).toArray())
        .containsExactly(new float[] {-0.8790497f, 0, 1.0507010f, -1.7580993f}, Offset.offset(1e-6f));
    Golden.read("selu").check(in -> Ops.selu(in[0]), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(0, 3, -1000).withGrad();
    TestTensors.backward(Ops.selu(at), 1, 1, 1);
    assertThat(at.gradient().toArray()).containsExactly(1.7580993f, 1.0507010f, 0);
    ActivationSweep.check(SeluOp::new, x -> x > 0 ? 1.0507009873554805 * x : 1.7580993408473766 * StrictMath.expm1(x),
        x -> x > 0 ? 1.0507009873554805 : 1.7580993408473766 * StrictMath.exp(x));
  }

  @Test
  void readsInBackward() {
    assertThat(new SeluOp().slopeFromOutput()).isEqualTo(true);
    assertThat(new SeluOp().backwardReads(0)).isEqualTo(false);
    assertThat(new SeluOp().backwardReadsOutput()).isEqualTo(true);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SeluOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("selu: expected one input, got 2");
  }
}
