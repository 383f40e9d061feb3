package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.LINEAR;
import static dev.fovea.layers.Activation.SILU;
import static dev.fovea.layers.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class SqueezeExcitationTest {
  @Test
  void contract() {
    LayerContract.of(SqueezeExcitation.of(2).withActivation(SILU), 4, 3, 2)
        .holds("SqueezeExcitation.of(2).withActivation(SILU)", "[4, 3, 2]",
            "reduce.weight [2, 4]", "reduce.bias [2]", "expand.weight [4, 2]", "expand.bias [4]");
    LayerContract.of(SqueezeExcitation.of(16).withActivation(SILU).withGate(TANH), 3, 5)
        .holds("SqueezeExcitation.of(16).withActivation(SILU).withGate(TANH)", "[3, 5]",
            "reduce.weight [1, 3]", "reduce.bias [1]", "expand.weight [3, 1]", "expand.bias [3]");
    assertThat(SqueezeExcitation.of(16)).hasToString("SqueezeExcitation.of(16)");
  }

  /** Behind a convolution, where a plan keeps blocks of channels. */
  @Test
  void behindAConvolution() {
    LayerContract.of(
        Stack.of(Conv2D.of(18, 3).withPadding(SAME), SqueezeExcitation.of(6).withActivation(TANH)), 2, 4, 4)
        .holds("Stack.of(Conv2D.of(18, 3).withPadding(SAME), SqueezeExcitation.of(6).withActivation(TANH))",
            "[18, 4, 4]", "conv2d.weight [18, 2, 3, 3]", "conv2d.bias [18]",
            "squeeze_excitation.reduce.weight [3, 18]", "squeeze_excitation.reduce.bias [3]",
            "squeeze_excitation.expand.weight [18, 3]", "squeeze_excitation.expand.bias [18]");
  }

  /** Means 2 and 5; between, 2 + 5 - 4 = 3; factors 3 * 1 and 3 * -1 + 1. */
  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(2, 1, 2), 1L, SqueezeExcitation.of(2).withGate(LINEAR));
    model.set("squeeze_excitation.reduce.weight", 1, 1);
    model.set("squeeze_excitation.reduce.bias", -4);
    model.set("squeeze_excitation.expand.weight", 1, -1);
    model.set("squeeze_excitation.expand.bias", 0, 1);
    assertThat(model.predict(Tensor.of(Shape.of(2, 1, 2), 1, 3, 4, 6)).toArray()).containsExactly(3, 9, -8, -12);
    model.set("squeeze_excitation.reduce.bias", -8);
    assertThat(model.predict(Tensor.of(Shape.of(2, 1, 2), 1, 3, 4, 6)).toArray())
        .as("relu between").containsExactly(0, 0, 4, 6);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> SqueezeExcitation.of(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("squeeze_excitation: ratio must be at least 1, got 0");
    assertThatThrownBy(() -> SqueezeExcitation.of(2).withGate(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("squeeze_excitation: expected a gate, got null");
    assertThatThrownBy(() -> SqueezeExcitation.of(2).withActivation(null))
        .hasMessage("squeeze_excitation: expected an activation, got null");
    assertThatThrownBy(() -> SqueezeExcitation.of(2).parameters(Shape.of(4))).isInstanceOf(ShapeException.class)
        .hasMessage("squeeze_excitation: expected samples [C, ...] with pixels, got [4]");
  }
}
