package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class LayerNormalizationTest {
  @Test
  void contract() {
    LayerContract.of(LayerNormalization.of(), 6)
        .holds("LayerNormalization.of()", "[6]", "weight [6]", "bias [6]");
    LayerContract.of(LayerNormalization.of().withEpsilon(1e-5), 2, 2, 2)
        .holds("LayerNormalization.of().withEpsilon(1.0E-5)", "[2, 2, 2]", "weight [2, 2, 2]", "bias [2, 2, 2]");
  }

  @Test
  void value() {
    Sequential model = Sequential.of(Shape.of(2, 2), 1L, LayerNormalization.of());
    Tensor y = model.predict(Tensor.of(Shape.of(2, 2), 1, 3, 5, 7));
    float deviation = (float) Math.sqrt(5.001);
    assertThat(y.toArray()).containsExactly(
        new float[] {-3 / deviation, -1 / deviation, 1 / deviation, 3 / deviation}, within(1e-6f));
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> LayerNormalization.of().withEpsilon(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer_normalization: epsilon must be above 0 and finite, got NaN");
    assertThatThrownBy(() -> LayerNormalization.of().parameters(Shape.scalar())).isInstanceOf(ShapeException.class)
        .hasMessage("layer_normalization: expected samples of at least one axis, got []");
  }
}
