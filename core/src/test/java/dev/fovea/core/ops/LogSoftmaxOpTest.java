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

class LogSoftmaxOpTest {
  @Test
  void shape() {
    assertThat(new LogSoftmaxOp(1).infer(Shape.of(2, 3, 4))).isEqualTo(Shape.of(2, 3, 4));
  }

  @Test
  void value() {
    float log2 = (float) Math.log(2);
    Tensor y = Ops.logSoftmax(Tensor.of(Shape.of(2, 2), 0, 0, 1000, -1000));
    assertThat(y.toArray()).containsExactly(new float[] {-log2, -log2, 0, -2000}, within(1e-6f));
    Tensor columns = Ops.logSoftmax(Tensor.of(Shape.of(2, 2), 0, 1000, 0, -1000), 0);
    assertThat(columns.toArray()).containsExactly(new float[] {-log2, 0, -log2, -2000}, within(1e-6f));
    Golden.read("log_softmax").check(in -> Ops.logSoftmax(in[0]), "input");
  }

  /** log(1 / (1 + e^-20)) = -2.06e-9, and its gradient, the other probability: both are told from 0. */
  @Test
  void nearlyCertain() {
    Tensor x = Tensor.of(Shape.of(1, 2), 20, 0).withGrad();
    Tensor y = Ops.logSoftmax(x);
    Tape.apply(new WeightedSumOp(), y, Tensor.of(Shape.of(1, 2), 1, 0)).backward();
    assertThat(y.toArray()).containsExactly(new float[] {-2.0611537e-9f, -20}, within(1e-15f));
    assertThat(x.gradient().toArray()).containsExactly(new float[] {2.0611537e-9f, -2.0611537e-9f}, within(1e-15f));
  }

  @Test
  void gradient() {
    Tensor x = Tensor.normal(Shape.of(3, 5, 2), new RandomSource(3)).withGrad();
    OpContract.of(() -> new LogSoftmaxOp(0), x).holds();
    OpContract.of(() -> new LogSoftmaxOp(1), x).holds();
    OpContract.of(() -> new LogSoftmaxOp(-1), x).holds();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new LogSoftmaxOp(1).infer(Shape.of(3))).isInstanceOf(ShapeException.class)
        .hasMessage("log_softmax: expected an input that has axis 1, got [3]");
  }
}
