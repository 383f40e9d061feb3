package dev.fovea.layers;

import static dev.fovea.layers.Activation.GELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class DenseTest {
  @Test
  void contract() {
    LayerContract.of(Dense.of(3), 5).linear().holds("Dense.of(3)", "[3]", "weight [3, 5]", "bias [3]");
    LayerContract.of(Dense.of(4).withoutBias().withActivation(GELU).withInitializer(Initializer.ORTHOGONAL), 6)
        .holds("Dense.of(4).withoutBias().withActivation(GELU).withInitializer(ORTHOGONAL)", "[4]", "weight [4, 6]");
    LayerContract.of(Dense.of(4).withActivation(SOFTMAX), 6)
        .holds("Dense.of(4).withActivation(SOFTMAX)", "[4]", "weight [4, 6]", "bias [4]");
  }

  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(2), 1L, Dense.of(3));
    model.set("dense.weight", 1, 2, 3, 4, 5, 6);
    model.set("dense.bias", 100, 200, 300);
    assertThat(model.predict(Tensor.vector(10, 1)).toArray()).containsExactly(112, 234, 356);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Dense.of(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dense: units must be at least 1, got 0");
    assertThatThrownBy(() -> Dense.of(2).withActivation(null)).hasMessage("dense: expected an activation, got null");
    assertThatThrownBy(() -> Dense.of(2).outputShape(Shape.of(64, 5, 5))).isInstanceOf(ShapeException.class).hasMessage(
        "dense: expected samples of one axis, got [64, 5, 5]; put Flatten or GlobalAveragePooling before it");
  }
}
