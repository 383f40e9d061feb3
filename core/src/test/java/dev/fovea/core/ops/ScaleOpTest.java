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

class ScaleOpTest {
  @Test
  void shape() {
    assertThat(new ScaleOp(2, 0).infer(Shape.of(2, 3))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    assertThat(Ops.scale(Tensor.vector(1, -2, 3), 2).toArray()).containsExactly(2, -4, 6);
    assertThat(Ops.affine(Tensor.vector(1, -2, 3), 2, 10).toArray()).containsExactly(12, 6, 16);
  }

  @Test
  void gradient() {
    Tensor x = Tensor.vector(1, -2, 3).withGrad();
    TestTensors.backward(Ops.affine(x, 2, 10), 1, 10, 100);
    assertThat(x.gradient().toArray()).containsExactly(2, 20, 200);
    OpContract.of(() -> new ScaleOp(-1.5f, 4), TestTensors.random(5, 7)).linear().holds();
  }

  @Test
  void readsNothingInBackward() {
    Op op = new ScaleOp(2, 0);
    assertThat(op.backwardReads(0) || op.backwardReadsOutput()).isFalse();
  }

  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(() -> new ScaleOp(3, -2), TestTensors.random(2, channels, 5, 7)).holds();
    }
    assertThat(new ScaleOp(3, -2).takes(MemoryFormat.BLOCKED, Shape.of(2, 16))).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new ScaleOp(Float.NaN, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale: expected a finite factor and offset, got NaN and 0.0");
    assertThatThrownBy(() -> new ScaleOp(1, Float.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale: expected a finite factor and offset, got 1.0 and Infinity");
    assertThatThrownBy(() -> new ScaleOp(2, 0).infer(Shape.of(1), Shape.of(1)))
        .isInstanceOf(ShapeException.class).hasMessage("scale: expected one input, got 2");
  }
}
