package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Padding;
import org.junit.jupiter.api.Test;

class GroupNormalizationTest {
  @Test
  void contract() {
    LayerContract.of(GroupNormalization.of(2), 4, 3, 2)
        .holds("GroupNormalization.of(2)", "[4, 3, 2]", "weight [4]", "bias [4]");
    LayerContract.of(GroupNormalization.of(1).withEpsilon(1e-2), 8)
        .holds("GroupNormalization.of(1).withEpsilon(0.01)", "[8]", "weight [8]", "bias [8]");
  }

  /** Groups of two channels that hold 1, 3, 5, 7 and 10, 30, 50, 70: variances 5 and 500. */
  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(4, 1, 2), 1L, GroupNormalization.of(2).withEpsilon(1e-9));
    model.set("group_normalization.weight", 1, 2, 1, 1);
    Tensor y = model.predict(Tensor.of(Shape.of(4, 1, 2), 1, 3, 5, 7, 10, 30, 50, 70));
    float root5 = (float) Math.sqrt(5);
    assertThat(y.toArray()).containsExactly(new float[] {-3 / root5, -1 / root5, 2 / root5, 6 / root5,
        -3 / root5, -1 / root5, 1 / root5, 3 / root5}, within(1e-6f));
  }

  /** Behind a convolution, where a plan keeps blocks of channels. */
  @Test
  void behindAConvolution() {
    LayerContract.of(Stack.of(Conv2D.of(20, 3).withPadding(Padding.SAME), GroupNormalization.of(5)), 2, 5, 4)
        .holds("Stack.of(Conv2D.of(20, 3).withPadding(SAME), GroupNormalization.of(5))", "[20, 5, 4]",
            "conv2d.weight [20, 2, 3, 3]", "conv2d.bias [20]",
            "group_normalization.weight [20]", "group_normalization.bias [20]");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> GroupNormalization.of(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group_normalization: the number of groups must be at least 1, got 0");
    assertThatThrownBy(() -> GroupNormalization.of(1).withEpsilon(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("group_normalization: epsilon must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> GroupNormalization.of(4).parameters(Shape.of(6, 2, 2))).isInstanceOf(ShapeException.class)
        .hasMessage("group_normalization: 6 channels do not fall into 4 groups, input [6, 2, 2]");
    assertThatThrownBy(() -> GroupNormalization.of(1).parameters(Shape.scalar())).isInstanceOf(ShapeException.class)
        .hasMessage("group_normalization: expected samples [C, ...], got []");
  }
}
