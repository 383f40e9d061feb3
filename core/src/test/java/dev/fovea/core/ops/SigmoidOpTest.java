package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SigmoidOpTest {
  @Test
  void shape() {
    assertThat(new SigmoidOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // e^(ln 3) is 3.
    assertThat(Ops.sigmoid(Tensor.vector(0, 1.0986123f, -1.0986123f, -1000, 1000)).toArray())
        .containsExactly(new float[] {0.5f, 0.75f, 0.25f, 0, 1}, Offset.offset(1e-6f));
    Golden.read("sigmoid").check(in -> Ops.sigmoid(in[0]), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(0, -1000, 1000).withGrad();
    TestTensors.backward(Ops.sigmoid(at), 1, 10, 100);
    assertThat(at.gradient().toArray()).containsExactly(0.25f, 0, 0);
    ActivationSweep.check(SigmoidOp::new, x -> 1 / (1 + StrictMath.exp(-x)),
        x -> 1 / (2 + StrictMath.exp(x) + StrictMath.exp(-x)));
  }

  @Test
  void readsInBackward() {
    assertThat(new SigmoidOp().slopeFromOutput()).isEqualTo(true);
    assertThat(new SigmoidOp().backwardReads(0)).isEqualTo(false);
    assertThat(new SigmoidOp().backwardReadsOutput()).isEqualTo(true);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SigmoidOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("sigmoid: expected one input, got 2");
  }
}
