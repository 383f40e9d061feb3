package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TanhOpTest {
  @Test
  void shape() {
    assertThat(new TanhOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // e^(ln 2) is 2: (2 - 1/2) / (2 + 1/2).
    assertThat(Ops.tanh(Tensor.vector(0, 0.6931472f, -0.6931472f, -1000, 1000)).toArray())
        .containsExactly(new float[] {0, 0.6f, -0.6f, -1, 1}, Offset.offset(1e-6f));
    Golden.read("tanh").check(in -> Ops.tanh(in[0]), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(0, -1000, 1000).withGrad();
    TestTensors.backward(Ops.tanh(at), 1, 10, 100);
    assertThat(at.gradient().toArray()).containsExactly(1, 0, 0);
    ActivationSweep.check(TanhOp::new, StrictMath::tanh,
        x -> 1 / (StrictMath.cosh(x) * StrictMath.cosh(x)));
  }

  @Test
  void readsInBackward() {
    assertThat(new TanhOp().slopeFromOutput()).isEqualTo(true);
    assertThat(new TanhOp().backwardReads(0)).isEqualTo(false);
    assertThat(new TanhOp().backwardReadsOutput()).isEqualTo(true);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new TanhOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("tanh: expected one input, got 2");
  }
}
