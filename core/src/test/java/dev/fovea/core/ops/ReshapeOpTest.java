package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class ReshapeOpTest {
  @Test
  void shape() {
    assertThat(new ReshapeOp(3, 4).infer(Shape.of(2, 6))).isEqualTo(Shape.of(3, 4));
    assertThat(new ReshapeOp(4, -1, 3).infer(Shape.of(2, 6))).isEqualTo(Shape.of(4, 1, 3));
    assertThat(new ReshapeOp(-1).infer(Shape.of(2, 6))).isEqualTo(Shape.of(12));
    assertThat(new ReshapeOp().infer(Shape.of(1, 1))).isEqualTo(Shape.scalar());
  }

  @Test
  void value() {
    Tensor y = Ops.reshape(TestTensors.counting(2, 3), 3, -1);
    assertThat(y.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(y.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    Tensor large = TestTensors.random(3, 100, 100);
    assertThat(Ops.reshape(large, -1).toArray()).isEqualTo(large.toArray());
  }

  @Test
  void gradient() {
    OpContract.of(() -> new ReshapeOp(-1, 5), TestTensors.random(5, 7)).linear().holds();
    Tensor x = TestTensors.counting(2, 3);
    TestTensors.backward(Ops.reshape(x, 6), 6, 5, 4, 3, 2, 1);
    assertThat(x.gradient().shape()).isEqualTo(Shape.of(2, 3));
    assertThat(x.gradient().toArray()).containsExactly(6, 5, 4, 3, 2, 1);
  }

  @Test
  void readsNothingInBackward() {
    Op op = new ReshapeOp(2);
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new ReshapeOp(2, -1, -1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reshape: expected lengths of at least 1, one of them may be -1, got [2, -1, -1]");
    assertThatThrownBy(() -> new ReshapeOp(2, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reshape: expected lengths of at least 1, one of them may be -1, got [2, 0]");
    assertThatThrownBy(() -> new ReshapeOp(4, 2).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("reshape: expected 8 elements for [4, 2], got 6 in [2, 3]");
    assertThatThrownBy(() -> new ReshapeOp(4, -1).infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("reshape: expected a multiple of 4 elements for [4, -1], got 6 in [2, 3]");
    assertThatThrownBy(() -> new ReshapeOp(-1, 1).infer(Shape.of(1 << 16, 1 << 16))).isInstanceOf(ShapeException.class)
        .hasMessage("reshape: expected at most 2147483647 for the length that is left open in [-1, 1], got 4294967296");
    assertThatThrownBy(() -> new ReshapeOp(1).infer()).isInstanceOf(ShapeException.class)
        .hasMessage("reshape: expected one input, got 0");
  }
}
