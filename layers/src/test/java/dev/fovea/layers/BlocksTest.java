package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

/** Layers made of layers: Stack and Residual. */
class BlocksTest {
  @Test
  void stack() {
    LayerContract.of(Stack.of(Conv2D.of(2, 3), TANH, Conv2D.of(1, 1)), 1, 5, 5)
        .holds("Stack.of(Conv2D.of(2, 3), TANH, Conv2D.of(1, 1))", "[1, 3, 3]",
            "conv2d.weight [2, 1, 3, 3]", "conv2d.bias [2]", "conv2d_1.weight [1, 2, 1, 1]", "conv2d_1.bias [1]");
    LayerContract.of(Stack.of(), 3).linear().holds("Stack.of()", "[3]");
  }

  @Test
  void residual() {
    LayerContract.of(Residual.of(Conv2D.of(2, 3).withPadding(SAME)), 2, 3, 3).linear()
        .holds("Residual.of(Conv2D.of(2, 3).withPadding(SAME))", "[2, 3, 3]",
            "body.conv2d.weight [2, 2, 3, 3]", "body.conv2d.bias [2]");
    LayerContract.of(Residual.of(Conv2D.of(3, 3).withStride(2).withPadding(SAME), TANH)
        .withProjection(Conv2D.of(3, 1).withStride(2).withoutBias()).withActivation(TANH), 2, 4, 4)
        .holds("Residual.of(Conv2D.of(3, 3).withStride(2).withPadding(SAME), TANH)"
            + ".withProjection(Conv2D.of(3, 1).withStride(2).withoutBias()).withActivation(TANH)", "[3, 2, 2]",
            "body.conv2d.weight [3, 2, 3, 3]", "body.conv2d.bias [3]", "projection.conv2d.weight [3, 2, 1, 1]");
    Sequential model = Sequential.of(Shape.of(2), 1L, Residual.of(Rescaling.of(10)));
    assertThat(model.predict(Tensor.vector(1, 2)).toArray()).containsExactly(11, 22);
  }

  @Test
  void deepNestingIsWalkedOnce() {
    Layer layer = Dense.of(2);
    for (int i = 0; i < 40; i++) {
      layer = i % 2 == 0 ? Residual.of(layer) : Stack.of(layer);
    }
    Sequential model = Sequential.of(Shape.of(2), 1L, layer);
    assertThat(model.parameterCount()).isEqualTo(6);
    assertThat(model.specs().get(0).name()).startsWith("stack.residual.body.stack.").endsWith(".dense.weight");
    assertThat(model.predict(Tensor.vector(1, 2)).shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Residual.of(Conv2D.of(4, 3)).outputShape(Shape.of(2, 8, 8)))
        .isInstanceOf(ShapeException.class).hasMessage("residual: expected the same shape from both ways, "
            + "got [4, 6, 6] from the body and [2, 8, 8] from the input; a projection such as "
            + "Conv2D.of(channels, 1).withStride(stride) gives it the body's shape");
    Residual unequal = Residual.of(Conv2D.of(4, 3)).withProjection(Conv2D.of(3, 3));
    assertThatThrownBy(() -> unequal.outputShape(Shape.of(2, 8, 8)))
        .hasMessage("residual: expected the same shape from both ways, got [4, 6, 6] from the body and [3, 6, 6] "
            + "from the projection");
    assertThatThrownBy(() -> new Stack(null)).hasMessage("stack: expected layers, got null");
    assertThatThrownBy(() -> new Residual(null, Stack.of(), TANH)).hasMessage("residual: expected a body, got null");
  }
}
