package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.BlockedContract;
import dev.fovea.core.Golden;
import dev.fovea.core.MemoryFormat;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class GlobalAveragePoolOpTest {
  @Test
  void shape() {
    assertThat(new GlobalAveragePoolOp().infer(Shape.of(2, 3, 5))).isEqualTo(Shape.of(2, 3));
    assertThat(new GlobalAveragePoolOp().infer(Shape.of(2, 3, 5, 4))).isEqualTo(Shape.of(2, 3));
    assertThat(new GlobalAveragePoolOp().infer(Shape.of(2, 3, 5, 4, 2))).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void value() {
    Tensor x = Tensor.of(Shape.of(1, 2, 1, 2, 2), 1, 2, 3, 4, 10, 20, 30, 40);
    assertThat(Ops.globalAveragePool(x).toArray()).containsExactly(2.5f, 25);
    Golden.read("global_average_pool").check(in -> Ops.globalAveragePool(in[0]), "input");
  }

  @Test
  void gradient() {
    for (Shape shape : new Shape[] {Shape.of(2, 3, 5), Shape.of(2, 3, 5, 4), Shape.of(1, 2, 3, 2, 2)}) {
      Tensor x = Tensor.normal(shape, new RandomSource(3)).withGrad();
      OpContract.of(GlobalAveragePoolOp::new, x).linear().holds();
    }
  }

  @Test
  void blocked() {
    for (int channels : BlockedContract.CHANNELS) {
      BlockedContract.of(GlobalAveragePoolOp::new, TestTensors.random(3, channels, 5, 7)).holds();
    }
    BlockedContract.of(GlobalAveragePoolOp::new, TestTensors.random(2, 17, 41, 43)).holds();
    assertThat(new GlobalAveragePoolOp().takes(MemoryFormat.BLOCKED, Shape.of(2, 16, 5))).isFalse();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new GlobalAveragePoolOp().infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("global_average_pool: expected an input [N, C, L], [N, C, H, W] or with more spatial axes, "
            + "got [2, 3]");
    assertThatThrownBy(() -> new GlobalAveragePoolOp().infer()).isInstanceOf(ShapeException.class)
        .hasMessage("global_average_pool: expected one input, got 0");
  }
}
