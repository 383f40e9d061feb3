package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class SliceOpTest {
  @Test
  void shape() {
    assertThat(new SliceOp(1, 1, 3).infer(Shape.of(2, 5, 4))).isEqualTo(Shape.of(2, 2, 4));
    assertThat(new SliceOp(-1, 0, 1).infer(Shape.of(2, 5, 4))).isEqualTo(Shape.of(2, 5, 1));
  }

  @Test
  void value() {
    assertThat(Ops.slice(TestTensors.counting(2, 4), 1, 1, 3).toArray()).containsExactly(2, 3, 6, 7);
    assertThat(Ops.slice(TestTensors.counting(3, 2), 0, 2, 3).toArray()).containsExactly(5, 6);
    assertThat(Ops.slice(TestTensors.counting(1, 3, 2), 1, 1, 3).toArray()).containsExactly(3, 4, 5, 6);
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.counting(2, 4);
    TestTensors.backward(Ops.slice(x, 1, 1, 3), 10, 20, 30, 40);
    assertThat(x.gradient().toArray()).containsExactly(0, 10, 20, 0, 0, 30, 40, 0);
    OpContract.of(() -> new SliceOp(1, 1, 3), TestTensors.random(2, 5, 4)).linear().holds();
    OpContract.of(() -> new SliceOp(-1, 3, 4), TestTensors.random(2, 5, 4)).linear().holds();
    OpContract.of(() -> new SliceOp(0, 0, 2), TestTensors.random(2, 5, 4)).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new SliceOp(0, 0, 1);
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new SliceOp(1, 2, 2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slice: expected 0 <= from < to, got from 2 to 2 along axis 1");
    assertThatThrownBy(() -> new SliceOp(1, -1, 2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slice: expected 0 <= from < to, got from -1 to 2 along axis 1");
    assertThatThrownBy(() -> new SliceOp(1, 1, 5).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("slice: expected a part of axis 1 of [2, 3], which has 3 elements, got from 1 to 5");
    assertThatThrownBy(() -> new SliceOp(-3, 0, 1).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("slice: expected one of the 2 axes of [2, 3], got -3");
    assertThatThrownBy(() -> new SliceOp(0, 0, 1).infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("slice: expected one input, got 2");
  }
}
