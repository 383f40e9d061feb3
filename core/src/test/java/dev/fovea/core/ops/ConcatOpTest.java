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

class ConcatOpTest {
  @Test
  void shape() {
    assertThat(new ConcatOp(1).infer(Shape.of(2, 3, 4, 4), Shape.of(2, 5, 4, 4))).isEqualTo(Shape.of(2, 8, 4, 4));
    assertThat(new ConcatOp(-1).infer(Shape.of(2, 3), Shape.of(2, 1), Shape.of(2, 2))).isEqualTo(Shape.of(2, 6));
  }

  @Test
  void value() {
    Tensor a = TestTensors.counting(2, 2);
    Tensor b = Tensor.of(Shape.of(2, 1), 10, 20);
    assertThat(Ops.concat(1, a, b).toArray()).containsExactly(1, 2, 10, 3, 4, 20);
    assertThat(Ops.concat(-1, b, a, b).toArray()).containsExactly(10, 1, 2, 10, 20, 3, 4, 20);
    assertThat(Ops.concat(0, a, a).toArray()).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
    Golden.read("concat_channels").check(in -> Ops.concat(1, in), "a", "b");
  }

  @Test
  void gradient() {
    Tensor a = TestTensors.counting(2, 2);
    Tensor b = Tensor.of(Shape.of(2, 1), 10, 20).withGrad();
    TestTensors.backward(Ops.concat(1, a, b), 1, 2, 3, 4, 5, 6);
    assertThat(a.gradient().toArray()).containsExactly(1, 2, 4, 5);
    assertThat(b.gradient().toArray()).containsExactly(3, 6);
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      OpContract.of(() -> new ConcatOp(along), TestTensors.random(2, 3, 4), TestTensors.random(2, 3, 4))
          .linear().holds();
    }
    OpContract.of(() -> new ConcatOp(1), TestTensors.random(2, 3, 4), TestTensors.random(2, 1, 4).detach(),
        TestTensors.random(2, 5, 4)).linear().holds();
  }

  @Test
  void gradientWhereOneComesTwice() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    TestTensors.backward(Ops.concat(0, x, x), 1, 2, 30, 40);
    assertThat(x.gradient().toArray()).containsExactly(31, 42);
  }

  /** The caller's array of parts may be filled with others while the record lasts. */
  @Test
  void keepsItsOwnListOfParts() {
    Tensor x = Tensor.vector(1, 2).withGrad();
    Tensor[] parts = {x, Tensor.vector(3)};
    Tensor y = Ops.concat(0, parts);
    parts[0] = Tensor.vector(7, 7);
    TestTensors.backward(y, 1, 2, 3);
    assertThat(x.gradient().toArray()).containsExactly(1, 2);
  }

  @Test
  void readsNothingInBackward() {
    Op op = new ConcatOp(1);
    assertThat(op.backwardReads(0) || op.backwardReads(1) || op.backwardReadsOutput()).isFalse();
  }

  @Test
  void blocked() {
    for (int axis = -4; axis < 4; axis++) {
      int along = axis;
      for (int channels : BlockedContract.CHANNELS) {
        int[] lengths = {2, axis == 1 || axis == -3 ? 32 : channels, 5, 7};
        int[] others = {2, channels, 5, 7};
        others[(axis + 4) % 4] *= 2;
        BlockedContract.of(() -> new ConcatOp(along), TestTensors.random(lengths), TestTensors.random(others)).holds();
      }
    }
    Shape odd = Shape.of(2, 17, 5, 7);
    Shape full = Shape.of(2, 16, 5, 7);
    assertThat(new ConcatOp(1).takes(MemoryFormat.BLOCKED, odd, full)).isFalse();
    assertThat(new ConcatOp(1).takes(MemoryFormat.BLOCKED, full, odd)).isTrue();
    assertThat(new ConcatOp(-3).takes(MemoryFormat.BLOCKED, full, odd, odd)).isFalse();
    assertThat(new ConcatOp(1).takes(MemoryFormat.BLOCKED, Shape.of(2, 16), Shape.of(2, 16))).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new ConcatOp(1).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("concat: expected two inputs or more, got 1");
    assertThatThrownBy(() -> new ConcatOp(1).infer(Shape.of(2, 3, 4), Shape.of(2, 3, 5)))
        .isInstanceOf(ShapeException.class).hasMessage(
            "concat: expected shapes that differ at axis 1 alone, got [2, 3, 4] and, as input 1, [2, 3, 5]");
    assertThatThrownBy(() -> new ConcatOp(0).infer(Shape.of(2, 3), Shape.of(2, 3), Shape.of(2)))
        .isInstanceOf(ShapeException.class).hasMessage(
            "concat: expected shapes that differ at axis 0 alone, got [2, 3] and, as input 2, [2]");
    assertThatThrownBy(() -> new ConcatOp(2).infer(Shape.of(2, 3), Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("concat: expected one of the 2 axes of [2, 3], got 2");
    assertThatThrownBy(() -> new ConcatOp(-1).infer(Shape.of(1, 1 << 30), Shape.of(1, 1 << 30)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("concat: expected at most 2147483647 along axis -1, got 2147483648");
  }
}
