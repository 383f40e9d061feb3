package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class MeanOpTest {
  @Test
  void shape() {
    assertThat(new MeanOp().infer(Shape.of(2, 3, 4))).isEqualTo(Shape.scalar());
    assertThat(new MeanOp(2, 1).infer(Shape.of(2, 3, 4))).isEqualTo(Shape.of(2));
  }

  @Test
  void value() {
    Tensor x = TestTensors.counting(2, 3);
    assertThat(Ops.mean(x).item()).isEqualTo(3.5f);
    assertThat(Ops.mean(x, 0).toArray()).containsExactly(2.5f, 3.5f, 4.5f);
    assertThat(Ops.mean(x, 1).toArray()).containsExactly(2, 5);
    assertThat(Ops.mean(Tensor.full(Shape.of(1000, 1000), 0.1f)).item()).isBetween(0.0999999f, 0.1000001f);
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.counting(2, 4);
    TestTensors.backward(Ops.mean(x, 1), 10, 20);
    assertThat(x.gradient().toArray()).containsExactly(2.5f, 2.5f, 2.5f, 2.5f, 5, 5, 5, 5);
    for (int[] axes : new int[][] {{}, {0}, {1}, {2}, {0, 2}, {-1, 1}}) {
      OpContract.of(() -> new MeanOp(axes), TestTensors.random(2, 5, 4)).linear().holds();
    }
  }

  @Test
  void readsNothingInBackward() {
    Op op = new MeanOp();
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
    assertThat(op.keptBytes(Shape.of(16, 1024))).isZero();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new MeanOp(-3).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("mean: expected one of the 2 axes of [2, 3], got -3");
    assertThatThrownBy(() -> new MeanOp(0, 0).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("mean: expected each axis of [2, 3] at most once, got [0, 0]");
    assertThatThrownBy(() -> new MeanOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("mean: expected one input, got 2");
  }
}
