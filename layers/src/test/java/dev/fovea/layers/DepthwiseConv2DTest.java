package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class DepthwiseConv2DTest {
  @Test
  void contract() {
    LayerContract.of(DepthwiseConv2D.of(3), 2, 5, 4).linear()
        .holds("DepthwiseConv2D.of(3)", "[2, 3, 2]", "weight [2, 1, 3, 3]", "bias [2]");
    LayerContract.of(DepthwiseConv2D.of(3, 2).withMultiplier(2).withStride(2).withPadding(SAME).withDilation(1, 2)
        .withoutBias().withActivation(SIGMOID).withInitializer(Initializer.LECUN_NORMAL), 3, 5, 4)
        .holds("DepthwiseConv2D.of(3, 2).withMultiplier(2).withStride(2).withPadding(SAME).withDilation(1, 2)"
            + ".withoutBias().withActivation(SIGMOID).withInitializer(LECUN_NORMAL)", "[6, 3, 2]",
            "weight [6, 1, 3, 2]");
  }

  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(2, 1, 2), 1L, DepthwiseConv2D.of(1, 2).withMultiplier(2).withoutBias());
    model.set("depthwise_conv2d.weight", 1, 1, 1, -1, 2, 2, 0, 3);
    // Channel 0 is (1, 2): 1 + 2 and 1 - 2; channel 1 is (3, 4): 2*3 + 2*4 and 3*4.
    assertThat(model.predict(Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4)).toArray()).containsExactly(3, -1, 14, 12);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> DepthwiseConv2D.of(3).withMultiplier(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depthwise_conv2d: multiplier must be at least 1, got 0");
    assertThatThrownBy(() -> DepthwiseConv2D.of(1).withMultiplier(2_000_000_000).parameters(Shape.of(2, 4, 4)))
        .isInstanceOf(ShapeException.class).hasMessage("depthwise_conv2d: at most 2147483647 output channels, "
            + "got 4000000000 = 2 channels * multiplier 2000000000");
    assertThatThrownBy(() -> DepthwiseConv2D.of(3).outputShape(Shape.of(8, 8)))
        .hasMessage("depthwise_conv2d: expected samples [C, H, W], got [8, 8]");
  }
}
