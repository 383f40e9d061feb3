package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class SeparableConv2DTest {
  @Test
  void contract() {
    LayerContract.of(SeparableConv2D.of(4, 3), 2, 5, 4)
        .holds("SeparableConv2D.of(4, 3)", "[4, 3, 2]",
            "depthwise_weight [2, 1, 3, 3]", "pointwise_weight [4, 2, 1, 1]", "bias [4]");
    LayerContract.of(SeparableConv2D.of(5, 3, 2).withMultiplier(2).withStride(2).withPadding(SAME).withDilation(1, 2)
        .withoutBias().withActivation(SIGMOID).withInitializer(Initializer.LECUN_NORMAL), 3, 5, 4)
        .holds("SeparableConv2D.of(5, 3, 2).withMultiplier(2).withStride(2).withPadding(SAME).withDilation(1, 2)"
            + ".withoutBias().withActivation(SIGMOID).withInitializer(LECUN_NORMAL)", "[5, 3, 2]",
            "depthwise_weight [6, 1, 3, 2]", "pointwise_weight [5, 6, 1, 1]");
  }

  /** Keras counts 3 * 3 * 32 + 32 * 64 + 64 for it. */
  @Test
  void parametersAsKerasCounts() {
    assertThat(Sequential.of(Shape.of(32, 8, 8), 1L, SeparableConv2D.of(64, 3)).parameterCount()).isEqualTo(2_400);
  }

  /** Two layers that do the same: each channel by itself, then all of them together. */
  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(2, 1, 2), 1L, SeparableConv2D.of(1, 1, 2).withMultiplier(2));
    model.set("separable_conv2d.depthwise_weight", 1, 1, 1, -1, 2, 2, 0, 3);
    model.set("separable_conv2d.pointwise_weight", 1, 10, 100, 1000);
    model.set("separable_conv2d.bias", 0.5f);
    // Channel 0 is (1, 2): 1 + 2 and 1 - 2; channel 1 is (3, 4): 2*3 + 2*4 and 3*4.
    assertThat(model.predict(Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4)).toArray())
        .containsExactly(3 - 10 + 1400 + 12_000 + 0.5f);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> SeparableConv2D.of(0, 3)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("separable_conv2d: filters must be at least 1, got 0");
    assertThatThrownBy(() -> SeparableConv2D.of(1, 3).withMultiplier(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("separable_conv2d: multiplier must be at least 1, got 0");
    assertThatThrownBy(() -> SeparableConv2D.of(1, 1).withMultiplier(2_000_000_000).parameters(Shape.of(2, 4, 4)))
        .isInstanceOf(ShapeException.class).hasMessage("separable_conv2d: at most 2147483647 output channels, "
            + "got 4000000000 = 2 channels * multiplier 2000000000");
    assertThatThrownBy(() -> SeparableConv2D.of(1, 3).outputShape(Shape.of(8, 8)))
        .hasMessage("separable_conv2d: expected samples [C, H, W], got [8, 8]");
  }
}
