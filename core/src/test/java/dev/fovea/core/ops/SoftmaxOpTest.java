package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import org.junit.jupiter.api.Test;

class SoftmaxOpTest {
  @Test
  void shape() {
    assertThat(new SoftmaxOp(1).infer(Shape.of(2, 3, 4))).isEqualTo(Shape.of(2, 3, 4));
  }

  @Test
  void value() {
    float log3 = (float) Math.log(3);
    Tensor y = Ops.softmax(Tensor.of(Shape.of(2, 2), 0, log3, 5, 5));
    assertThat(y.toArray()).containsExactly(new float[] {0.25f, 0.75f, 0.5f, 0.5f}, within(1e-6f));
    Golden.read("softmax").check(in -> Ops.softmax(in[0]), "input");
    Golden.read("softmax_huge_logits").check(in -> Ops.softmax(in[0]), "input");
  }

  @Test
  void everyAxis() {
    float log3 = (float) Math.log(3);
    Tensor x = Tensor.of(Shape.of(2, 2, 2), 0, 7, log3, 7, log3, -2, 0, -2);
    assertThat(Ops.softmax(x).toArray())
        .containsExactly(new float[] {0.25f, 0.5f, 0.75f, 0.5f, 0.75f, 0.5f, 0.25f, 0.5f}, within(1e-6f));
    Tensor rows = Tensor.of(Shape.of(2, 2), 0, 7, log3, 7);
    assertThat(Ops.softmax(rows, 0).toArray())
        .containsExactly(new float[] {0.25f, 0.5f, 0.75f, 0.5f}, within(1e-6f));
    assertThat(Ops.softmax(rows, -2).toArray()).isEqualTo(Ops.softmax(rows, 0).toArray());
  }

  @Test
  void noScoreIsTooLarge() {
    Tensor x = Tensor.of(Shape.of(2, 3), 1000, -1000, 1000, -1000, -1000, -1000);
    float third = 1f / 3;
    assertThat(Ops.softmax(x).toArray())
        .containsExactly(new float[] {0.5f, 0, 0.5f, third, third, third}, within(1e-6f));
    assertThat(Ops.softmax(Tensor.of(Shape.of(1, 2), Float.NaN, 1)).toArray()).containsOnly(Float.NaN);
  }

  /** With p = e^-20 / (1 + e^-20) beside 1 - p the gradient of y_0 is p (1 - p), of which float32 has 1 - p = 1. */
  @Test
  void gradientBesideCertainty() {
    Tensor x = Tensor.of(Shape.of(1, 2), 20, 0).withGrad();
    Tape.apply(new WeightedSumOp(), Ops.softmax(x), Tensor.of(Shape.of(1, 2), 1, 0)).backward();
    assertThat(x.gradient().toArray()).containsExactly(new float[] {2.0611537e-9f, -2.0611537e-9f}, within(1e-15f));
  }

  @Test
  void gradient() {
    Tensor x = Tensor.normal(Shape.of(3, 5, 2), new RandomSource(3)).withGrad();
    OpContract.of(() -> new SoftmaxOp(0), x).holds();
    OpContract.of(() -> new SoftmaxOp(1), x).holds();
    OpContract.of(() -> new SoftmaxOp(-1), x).holds();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SoftmaxOp(1).infer(Shape.of(3))).isInstanceOf(ShapeException.class)
        .hasMessage("softmax: expected an input that has axis 1, got [3]");
    assertThatThrownBy(() -> new SoftmaxOp(-2).infer(Shape.of(3))).isInstanceOf(ShapeException.class)
        .hasMessage("softmax: expected an input that has axis -2, got [3]");
    assertThatThrownBy(() -> new SoftmaxOp(1).infer()).isInstanceOf(ShapeException.class)
        .hasMessage("softmax: expected one input, got 0");
  }
}
