package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SoftplusOpTest {
  @Test
  void shape() {
    assertThat(new SoftplusOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // ln(1 + 1) and ln(1 + 3).
    assertThat(Ops.softplus(Tensor.vector(0, 1.0986123f, -1000, 1000)).toArray())
        .containsExactly(new float[] {0.6931472f, 1.3862944f, 0, 1000}, Offset.offset(1e-6f));
    Golden.read("softplus").check(in -> Ops.softplus(in[0]), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(-1000, 1000).withGrad();
    TestTensors.backward(Ops.softplus(at), 1, 10);
    assertThat(at.gradient().toArray()).containsExactly(0, 10);
    ActivationSweep.check(SoftplusOp::new, x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))),
        x -> 1 / (1 + StrictMath.exp(-x)));
  }

  @Test
  void readsInBackward() {
    assertThat(new SoftplusOp().slopeFromOutput()).isEqualTo(true);
    assertThat(new SoftplusOp().backwardReads(0)).isEqualTo(false);
    assertThat(new SoftplusOp().backwardReadsOutput()).isEqualTo(true);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SoftplusOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("softplus: expected one input, got 2");
  }
}
