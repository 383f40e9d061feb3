package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SiluOpTest {
  @Test
  void shape() {
    assertThat(new SiluOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // The sigmoid of ln 3 is 3/4.
    assertThat(Ops.silu(Tensor.vector(0, 1.0986123f, -1000, 1000)).toArray())
        .containsExactly(new float[] {0, 0.75f * 1.0986123f, 0, 1000}, Offset.offset(1e-6f));
    Golden.read("silu").check(in -> Ops.silu(in[0]), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(0, -1000, 1000).withGrad();
    TestTensors.backward(Ops.silu(at), 1, 10, 100);
    assertThat(at.gradient().toArray()).containsExactly(0.5f, -0f, 100);
    ActivationSweep.check(SiluOp::new, x -> x / (1 + StrictMath.exp(-x)),
        SiluOpTest::exactSlope);
  }

  @Test
  void readsInBackward() {
    assertThat(new SiluOp().slopeFromOutput()).isEqualTo(false);
    assertThat(new SiluOp().backwardReads(0)).isEqualTo(true);
    assertThat(new SiluOp().backwardReadsOutput()).isEqualTo(false);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SiluOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("silu: expected one input, got 2");
  }

  private static double exactSlope(double x) {
    double s = 1 / (1 + StrictMath.exp(-x));
    return s * (1 + x * (1 - s));
  }
}
