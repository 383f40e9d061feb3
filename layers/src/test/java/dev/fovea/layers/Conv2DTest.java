package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Padding;
import org.junit.jupiter.api.Test;

class Conv2DTest {
  @Test
  void contract() {
    LayerContract.of(Conv2D.of(3, 3), 2, 6, 5).linear()
        .holds("Conv2D.of(3, 3)", "[3, 4, 3]", "weight [3, 2, 3, 3]", "bias [3]");
    LayerContract.of(Conv2D.of(4, 3, 2).withStride(2, 1).withPadding(SAME).withDilation(2).withGroups(2).withoutBias()
        .withActivation(TANH).withInitializer(Initializer.HE_NORMAL), 4, 6, 5)
        .holds("Conv2D.of(4, 3, 2).withStride(2, 1).withPadding(SAME).withDilation(2).withGroups(2).withoutBias()"
            + ".withActivation(TANH).withInitializer(HE_NORMAL)", "[4, 3, 5]", "weight [4, 2, 3, 2]");
    LayerContract.of(Conv2D.of(1, 2).withPadding(Padding.of(1, 0, 2, 1)).withDilation(1, 2), 1, 3, 3).linear()
        .holds("Conv2D.of(1, 2).withPadding(Padding.of(1, 0, 2, 1)).withDilation(1, 2)", "[1, 3, 4]",
            "weight [1, 1, 2, 2]", "bias [1]");
  }

  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(1, 2, 3), 1L, Conv2D.of(1, 2).withActivation(Activation.RELU));
    model.set("conv2d.weight", 1, 2, 3, 4);
    model.set("conv2d.bias", -40);
    Tensor y = model.predict(Tensor.of(Shape.of(1, 2, 3), 1, 2, 3, 4, 5, 6));
    // 1*1 + 2*2 + 3*4 + 4*5 = 37 and 1*2 + 2*3 + 3*5 + 4*6 = 47.
    assertThat(y.toArray()).containsExactly(0, 7);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Conv2D.of(0, 3)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("conv2d: filters must be at least 1, got 0");
    assertThatThrownBy(() -> Conv2D.of(4, 0)).hasMessage("window: kernel height must be at least 1, got 0");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withStride(0))
        .hasMessage("window: stride height must be at least 1, got 0");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withGroups(0)).hasMessage("conv2d: groups must be at least 1, got 0");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withGroups(3)).hasMessage("conv2d: 4 filters do not fall into 3 groups");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withActivation(null))
        .hasMessage("conv2d: expected an activation, got null");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withInitializer(null))
        .hasMessage("conv2d: expected an initializer, got null");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withWindow(null)).hasMessage("conv2d: expected a window, got null");
    assertThatThrownBy(() -> Conv2D.of(4, 3).withGroups(2).parameters(Shape.of(3, 8, 8)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("conv2d: 3 channels do not fall into 2 groups, input [3, 8, 8]");
    assertThatThrownBy(() -> Conv2D.of(4, 3).outputShape(Shape.of(64)))
        .hasMessage("conv2d: expected samples [C, H, W], got [64]");
  }
}
