package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

/** Layers that only arrange values: Flatten and Reshape. */
class ShapingTest {
  @Test
  void flatten() {
    LayerContract.of(Flatten.of(), 2, 3, 2).linear().holds("Flatten.of()", "[12]");
    Tensor y = Sequential.of(Shape.of(2, 1, 2), 1L, Flatten.of()).predict(Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4));
    assertThat(y.toArray()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void reshape() {
    LayerContract.of(Reshape.of(3, 4), 2, 3, 2).linear().holds("Reshape.of(3, 4)", "[3, 4]");
    LayerContract.of(Reshape.of(1, 2, 6), 12).linear().holds("Reshape.of(1, 2, 6)", "[1, 2, 6]");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Reshape.of(0)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: axis 0 must be at least 1, got 0 in [0]");
    assertThatThrownBy(() -> new Reshape(null)).hasMessage("reshape: expected a shape, got null");
    assertThatThrownBy(() -> Reshape.of(3, 4).outputShape(Shape.of(13))).isInstanceOf(ShapeException.class)
        .hasMessage("reshape: expected 12 = 3x4 values, got 13 = 13");
  }
}
