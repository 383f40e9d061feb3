package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.Op;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class FlattenOpTest {
  @Test
  void shape() {
    assertThat(new FlattenOp().infer(Shape.of(2, 64, 5, 5))).isEqualTo(Shape.of(2, 1600));
    assertThat(new FlattenOp().infer(Shape.of(2, 7))).isEqualTo(Shape.of(2, 7));
    assertThat(new FlattenOp().infer(Shape.of(2))).isEqualTo(Shape.of(2, 1));
  }

  @Test
  void value() {
    // Channel by channel, row by row.
    Tensor y = Ops.flatten(Tensor.of(Shape.of(1, 2, 2, 2), 1, 2, 3, 4, 50, 60, 70, 80));
    assertThat(y.shape()).isEqualTo(Shape.of(1, 8));
    assertThat(y.toArray()).containsExactly(1, 2, 3, 4, 50, 60, 70, 80);
    Golden.read("flatten").check(in -> Ops.flatten(in[0]), "input");
  }

  @Test
  void gradient() {
    OpContract.of(FlattenOp::new, TestTensors.random(3, 2, 4, 5)).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new FlattenOp();
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new FlattenOp().infer(Shape.scalar())).isInstanceOf(ShapeException.class)
        .hasMessage("flatten: expected a batch axis in front, got a single value []");
    assertThatThrownBy(() -> new FlattenOp().infer(Shape.of(2, 1 << 16, 1 << 16))).isInstanceOf(ShapeException.class)
        .hasMessage("flatten: expected at most 2147483647 values a sample, got 4294967296 in [2, 65536, 65536]");
    assertThatThrownBy(() -> new FlattenOp().infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("flatten: expected one input, got 2");
  }
}
