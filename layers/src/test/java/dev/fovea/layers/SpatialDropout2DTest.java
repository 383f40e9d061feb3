package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class SpatialDropout2DTest {
  @Test
  void contract() {
    LayerContract.of(SpatialDropout2D.of(0.5), 6, 2, 3).linear().holds("SpatialDropout2D.of(0.5)", "[6, 2, 3]");
    LayerContract.of(SpatialDropout2D.of(0), 2, 2, 2).linear().holds("SpatialDropout2D.of(0.0)", "[2, 2, 2]");
  }

  @Test
  void dropsWholeChannelsInTrainingAndLeavesInferenceAlone() {
    Tensor ones = Tensor.full(Shape.of(50, 40, 2, 2), 1);
    float[] y = SpatialDropout2D.of(0.2).forward(ones, null, Pass.training(new RandomSource(1))).toArray();
    int dropped = 0;
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isIn(0f, 1.25f).isEqualTo(y[i / 4 * 4]);
      dropped += y[i] == 0 ? 1 : 0;
    }
    assertThat(dropped / 8000.0).isCloseTo(0.2, within(0.04));
    assertThat(SpatialDropout2D.of(0.2).forward(ones, null, Pass.inference())).isSameAs(ones);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> SpatialDropout2D.of(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spatial_dropout2d: rate must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> SpatialDropout2D.of(0.1).outputShape(Shape.of(5))).isInstanceOf(ShapeException.class)
        .hasMessage("spatial_dropout2d: expected samples [C, H, W], got [5]");
  }
}
