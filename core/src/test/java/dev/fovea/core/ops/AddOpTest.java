package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class AddOpTest {
  @Test
  void shape() {
    assertThat(new AddOp().infer(Shape.of(2, 3), Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
    assertThat(new AddOp().infer(Shape.of(4, 3, 5, 5), Shape.of(3, 1, 1))).isEqualTo(Shape.of(4, 3, 5, 5));
    assertThat(new AddOp().infer(Shape.of(1, 4), Shape.of(3, 1))).isEqualTo(Shape.of(3, 4));
    assertThat(new AddOp().infer(Shape.scalar(), Shape.of(2))).isEqualTo(Shape.of(2));
  }

  @Test
  void value() {
    assertThat(Ops.add(Tensor.vector(1, 2, 3), Tensor.vector(10, 20, 30)).toArray()).containsExactly(11, 22, 33);
    Tensor pictures = TestTensors.counting(2, 2, 1, 2);
    Tensor bias = Tensor.of(Shape.of(2, 1, 1), 10, 20);
    assertThat(Ops.add(pictures, bias).toArray()).containsExactly(11, 12, 23, 24, 15, 16, 27, 28);
    assertThat(Ops.add(bias, pictures).toArray()).containsExactly(11, 12, 23, 24, 15, 16, 27, 28);
    assertThat(Ops.add(TestTensors.counting(2, 3), Tensor.vector(10, 20, 30)).toArray())
        .containsExactly(11, 22, 33, 14, 25, 36);
    assertThat(Ops.add(Tensor.of(Shape.of(2, 1), 10, 20), Tensor.vector(1, 2, 3)).toArray())
        .containsExactly(11, 12, 13, 21, 22, 23);
    assertThat(Ops.add(Tensor.scalar(5), Tensor.vector(1, 2)).toArray()).containsExactly(6, 7);
    assertThat(Ops.add(Tensor.scalar(5), Tensor.scalar(2)).item()).isEqualTo(7);
    Golden.read("add").check(in -> Ops.add(in[0], in[1]), "a", "b");
  }

  @Test
  void valueOfLongRows() {
    Tensor x = TestTensors.random(2, 3, 130, 130);
    Tensor bias = Tensor.of(Shape.of(3, 1, 1), 1, 2, 3);
    Tensor y = Ops.add(x, bias);
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 3; c++) {
        for (int h = 0; h < 130; h++) {
          assertThat(y.get(n, c, h, 129)).isEqualTo(x.get(n, c, h, 129) + (c + 1));
        }
      }
    }
  }

  @Test
  void gradient() {
    Tensor pictures = TestTensors.counting(2, 2, 1, 2);
    Tensor bias = Tensor.of(Shape.of(2, 1, 1), 10, 20).withGrad();
    TestTensors.backward(Ops.add(pictures, bias), 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(pictures.gradient().toArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(bias.gradient().toArray()).containsExactly(1 + 2 + 5 + 6, 3 + 4 + 7 + 8);
    contract(Shape.of(5, 7), Shape.of(5, 7));
    contract(Shape.of(3, 4, 5, 2), Shape.of(4, 1, 1));
    contract(Shape.of(6, 9), Shape.of(9));
    contract(Shape.of(300, 3), Shape.of(3));
    contract(Shape.of(3, 1), Shape.of(1, 5));
    contract(Shape.of(2, 1, 4, 1), Shape.of(3, 1, 5));
    contract(Shape.scalar(), Shape.of(11));
    contract(Shape.scalar(), Shape.scalar());
    contract(Shape.of(1), Shape.of(1, 1));
  }

  @Test
  void gradientWhereBothAreOne() {
    Tensor x = Tensor.vector(1, 2, 3).withGrad();
    TestTensors.backward(Ops.add(x, x), 1, 10, 100);
    assertThat(x.gradient().toArray()).containsExactly(2, 20, 200);
  }

  private static void contract(Shape a, Shape b) {
    OpContract.of(AddOp::new, TestTensors.random(a.toArray()), TestTensors.random(b.toArray())).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new AddOp();
    assertThat(op.backwardReads(0) || op.backwardReads(1) || op.backwardReadsOutput()).isFalse();
    assertThat(op.keptBytes(Shape.of(2, 3), Shape.of(2, 3))).isZero();
    // A bias on pictures: one partial sum for each channel of each picture.
    assertThat(op.keptBytes(Shape.of(2, 3, 4, 5), Shape.of(3, 1, 1))).isEqualTo(2 * 3 * Float.BYTES);
  }

  /** Blocks go with blocks of the same pictures, and not with a bias, say. */
  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(AddOp::new,
          TestTensors.random(2, channels, 5, 7), TestTensors.random(2, channels, 5, 7)).holds();
    }
    Shape pictures = Shape.of(2, 16, 5, 7);
    assertThat(new AddOp().takes(MemoryFormat.BLOCKED, pictures, Shape.of(1, 16, 1, 1))).isFalse();
    assertThat(new AddOp().takes(MemoryFormat.BLOCKED, pictures, Shape.of(16, 1, 1))).isFalse();
    assertThat(new AddOp().takes(MemoryFormat.PLAIN, pictures, Shape.of(16, 1, 1))).isTrue();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Ops.add(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(4))))
        .isInstanceOf(ShapeException.class).hasMessage("add: expected axes of equal length, or of length 1, "
            + "counted from the last; got [2, 3] and [4], where 3 meets 4");
    assertThatThrownBy(() -> new AddOp().infer(Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("add: expected two inputs, got 1");
  }
}
