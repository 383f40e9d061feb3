package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class GlobalMaxPoolOpTest {
  @Test
  void shape() {
    assertThat(new GlobalMaxPoolOp().infer(Shape.of(2, 3, 5))).isEqualTo(Shape.of(2, 3));
    assertThat(new GlobalMaxPoolOp().infer(Shape.of(2, 3, 5, 4, 2))).isEqualTo(Shape.of(2, 3));
    assertThat(new GlobalMaxPoolOp().keptBytes(Shape.of(2, 3, 5, 4))).isEqualTo(2 * 3 * 4);
  }

  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 3, 3), 1, 7, 3, -4, -5, -6, 1, Float.NaN, Float.POSITIVE_INFINITY);
    assertThat(Ops.globalMaxPool(x).toArray()).containsExactly(7, -4, Float.NaN);
    Golden.read("global_max_pool").check(in -> Ops.globalMaxPool(in[0]), "input");
  }

  @Test
  void gradient() {
    for (Shape shape : new Shape[] {Shape.of(2, 3, 5), Shape.of(2, 3, 5, 4), Shape.of(1, 2, 3, 2, 2)}) {
      OpContract.of(GlobalMaxPoolOp::new, Distinct.values(shape)).holds();
    }
    Tensor x = Tensor.of(Shape.of(1, 1, 3), 1, 2, 2).withGrad();
    Tensor y = Ops.globalMaxPool(x);
    y.grad()[0] = 5;
    y.op().backward(y.inputs(), y);
    assertThat(x.gradient().toArray()).containsExactly(0, 5, 0);
  }

  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(GlobalMaxPoolOp::new, TestTensors.random(3, channels, 5, 7)).holds();
    }
    BlockedContract.of(GlobalMaxPoolOp::new, TestTensors.random(2, 17, 41, 43)).holds();
    assertThat(new GlobalMaxPoolOp().takes(MemoryFormat.BLOCKED, Shape.of(2, 16, 5))).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new GlobalMaxPoolOp().infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("global_max_pool: expected an input [N, C, L], [N, C, H, W] or with more spatial axes, got [2, 3]");
  }
}
