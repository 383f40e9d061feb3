package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class SubtractOpTest {
  @Test
  void shape() {
    assertThat(new SubtractOp().infer(Shape.of(4, 3, 5, 5), Shape.of(3, 1, 1))).isEqualTo(Shape.of(4, 3, 5, 5));
  }

  @Test
  void value() {
    assertThat(Ops.subtract(Tensor.vector(1, 2, 3), Tensor.vector(10, 20, 40)).toArray()).containsExactly(-9, -18, -37);
    Tensor column = Tensor.of(Shape.of(2, 1), 10, 20);
    assertThat(Ops.subtract(TestTensors.counting(2, 3), column).toArray()).containsExactly(-9, -8, -7, -16, -15, -14);
    assertThat(Ops.subtract(column, TestTensors.counting(2, 3)).toArray()).containsExactly(9, 8, 7, 16, 15, 14);
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.counting(2, 3);
    Tensor column = Tensor.of(Shape.of(2, 1), 10, 20).withGrad();
    TestTensors.backward(Ops.subtract(x, column), 1, 2, 3, 4, 5, 6);
    assertThat(x.gradient().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(column.gradient().toArray()).containsExactly(-6, -15);
    contract(Shape.of(5, 7), Shape.of(5, 7));
    contract(Shape.of(3, 4, 5, 2), Shape.of(4, 1, 1));
    contract(Shape.of(9), Shape.of(6, 9));
    contract(Shape.of(3, 1), Shape.of(1, 5));
  }

  @Test
  void gradientWhereBothAreOne() {
    Tensor x = Tensor.vector(1, 2, 3).withGrad();
    TestTensors.backward(Ops.subtract(x, x), 1, 10, 100);
    assertThat(x.gradient().toArray()).containsExactly(0, 0, 0);
  }

  private static void contract(Shape a, Shape b) {
    OpContract.of(SubtractOp::new, TestTensors.random(a.toArray()), TestTensors.random(b.toArray())).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new SubtractOp();
    assertThat(op.backwardReads(0) || op.backwardReads(1) || op.backwardReadsOutput()).isFalse();
    assertThat(op.keptBytes(Shape.of(2, 3), Shape.of(2, 3))).isZero();
  }

  /** Blocks go with blocks of the same pictures, and not with a bias, say. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(SubtractOp::new,
          TestTensors.random(2, channels, 5, 7), TestTensors.random(2, channels, 5, 7)).holds();
    }
    Shape pictures = Shape.of(2, 16, 5, 7);
    assertThat(new SubtractOp().takes(MemoryFormat.BLOCKED, pictures, Shape.of(1, 16, 1, 1))).isFalse();
    assertThat(new SubtractOp().takes(MemoryFormat.BLOCKED, pictures, Shape.of(16, 1, 1))).isFalse();
    assertThat(new SubtractOp().takes(MemoryFormat.PLAIN, pictures, Shape.of(16, 1, 1))).isTrue();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Ops.subtract(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(3, 2))))
        .isInstanceOf(ShapeException.class).hasMessage("subtract: expected axes of equal length, or of length 1, "
            + "counted from the last; got [2, 3] and [3, 2], where 2 meets 3");
    assertThatThrownBy(() -> new SubtractOp().infer(Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("subtract: expected two inputs, got 1");
  }
}
