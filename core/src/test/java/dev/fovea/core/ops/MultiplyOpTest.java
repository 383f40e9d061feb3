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

class MultiplyOpTest {
  @Test
  void shape() {
    assertThat(new MultiplyOp().infer(Shape.of(4, 3, 1, 1), Shape.of(4, 3, 5, 5))).isEqualTo(Shape.of(4, 3, 5, 5));
  }

  @Test
  void value() {
    assertThat(Ops.multiply(Tensor.vector(1, 2, 3), Tensor.vector(4, 5, 6)).toArray()).containsExactly(4, 10, 18);
    Tensor column = Tensor.of(Shape.of(2, 1), 10, 20);
    assertThat(Ops.multiply(TestTensors.counting(2, 3), column).toArray()).containsExactly(10, 20, 30, 80, 100, 120);
    assertThat(Ops.multiply(column, TestTensors.counting(2, 3)).toArray()).containsExactly(10, 20, 30, 80, 100, 120);
    assertThat(Ops.multiply(column, Tensor.vector(1, 2)).toArray()).containsExactly(10, 20, 20, 40);
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.counting(2, 3);
    Tensor column = Tensor.of(Shape.of(2, 1), 10, 20).withGrad();
    TestTensors.backward(Ops.multiply(x, column), 1, 1, 1, 1, 0, 2);
    assertThat(x.gradient().toArray()).containsExactly(10, 10, 10, 20, 0, 40);
    assertThat(column.gradient().toArray()).containsExactly(1 + 2 + 3, 4 + 2 * 6);
    contract(Shape.of(5, 7), Shape.of(5, 7));
    contract(Shape.of(3, 4, 5, 2), Shape.of(4, 1, 1));
    contract(Shape.of(3, 4, 1, 1), Shape.of(3, 4, 5, 5));
    contract(Shape.of(6, 9), Shape.of(9));
    contract(Shape.of(300, 3), Shape.of(3));
    contract(Shape.of(3, 1), Shape.of(1, 5));
    contract(Shape.of(2, 1, 4, 1), Shape.of(3, 1, 5));
    contract(Shape.scalar(), Shape.of(11));
  }

  @Test
  void gradientWhereBothAreOne() {
    Tensor x = Tensor.vector(1, 2, 3).withGrad();
    TestTensors.backward(Ops.multiply(x, x), 1, 10, 100);
    assertThat(x.gradient().toArray()).containsExactly(2, 40, 600);
  }

  private static void contract(Shape a, Shape b) {
    OpContract.of(MultiplyOp::new, TestTensors.random(a.toArray()), TestTensors.random(b.toArray())).linear().holds();
  }

  @Test
  void readsItsInputsInBackward() {
    Op op = new MultiplyOp();
    assertThat(op.backwardReads(0) && op.backwardReads(1)).isTrue();
    assertThat(op.backwardReadsOutput()).isFalse();
    assertThat(op.keptBytes(Shape.of(2, 3), Shape.of(2, 3))).isZero();
    // Where both are repeated the products are kept whole.
    assertThat(op.keptBytes(Shape.of(3, 1), Shape.of(1, 5))).isEqualTo(3 * 5 * Float.BYTES);
  }

  /** Blocks go with blocks of the same pictures, and not with a bias, say. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(MultiplyOp::new,
          TestTensors.random(2, channels, 5, 7), TestTensors.random(2, channels, 5, 7)).holds();
    }
    Shape pictures = Shape.of(2, 16, 5, 7);
    assertThat(new MultiplyOp().takes(MemoryFormat.BLOCKED, pictures, Shape.of(1, 16, 1, 1))).isFalse();
    assertThat(new MultiplyOp().takes(MemoryFormat.BLOCKED, pictures, Shape.of(16, 1, 1))).isFalse();
    assertThat(new MultiplyOp().takes(MemoryFormat.PLAIN, pictures, Shape.of(16, 1, 1))).isTrue();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Ops.multiply(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(2, 1, 1, 2))))
        .isInstanceOf(ShapeException.class).hasMessage("multiply: expected axes of equal length, or of length 1, "
            + "counted from the last; got [2, 3] and [2, 1, 1, 2], where 3 meets 2");
    assertThatThrownBy(() -> new MultiplyOp().infer(Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("multiply: expected two inputs, got 1");
  }
}
