package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GeluOpTest {
  @Test
  void shape() {
    assertThat(new GeluOp().infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    // Of the normal distribution 0.8413447 lie below 1.
    assertThat(Ops.gelu(Tensor.vector(-1, 0, 1, -1000, 1000)).toArray())
        .containsExactly(new float[] {-0.1586553f, 0, 0.8413447f, 0, 1000}, Offset.offset(1e-6f));
    Golden.read("gelu").check(in -> Ops.gelu(in[0]), "input");
  }

  @Test
  void gradient() {
    Tensor at = Tensor.vector(0, -1000, 1000).withGrad();
    TestTensors.backward(Ops.gelu(at), 1, 10, 100);
    assertThat(at.gradient().toArray()).containsExactly(0.5f, 0, 100);
    ActivationSweep.check(GeluOp::new, GeluOpTest::exact,
        x -> (exact(x + 1e-5) - exact(x - 1e-5)) / 2e-5);
  }

  @Test
  void readsInBackward() {
    assertThat(new GeluOp().slopeFromOutput()).isEqualTo(false);
    assertThat(new GeluOp().backwardReads(0)).isEqualTo(true);
    assertThat(new GeluOp().backwardReadsOutput()).isEqualTo(false);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new GeluOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("gelu: expected one input, got 2");
  }

  /** x F(x), F by its series (Abramowitz and Stegun, 26.2.11), all of whose terms have one sign. */
  private static double exact(double x) {
    if (Math.abs(x) > 10) {
      return Math.max(x, 0);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 300; n++) {
      term *= x * x / (2 * n + 1);
      sum += term;
    }
    return x * (0.5 + StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI) * sum);
  }
}
