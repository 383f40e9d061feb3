package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that bring inputs into range by given numbers: Rescaling and Normalization. */
class InputScalingTest {
  @Test
  void rescaling() {
    LayerContract.of(Rescaling.of(0.25), 1, 3, 2).linear().holds("Rescaling.of(0.25)", "[1, 3, 2]");
    LayerContract.of(Rescaling.of(2, -1), 4).linear().holds("Rescaling.of(2.0, -1.0)", "[4]");
    Tensor y = Sequential.of(Shape.of(2), 1L, Rescaling.of(2, -1)).predict(Tensor.vector(0, 1));
    assertThat(y.toArray()).containsExactly(-1, 1);
  }

  @Test
  void normalization() {
    LayerContract.of(Normalization.of(0.5, 4), 1, 3, 2).linear().holds("Normalization.of(0.5, 4.0)", "[1, 3, 2]");
    LayerContract.of(Normalization.of(List.of(1.0, 2.0), List.of(4.0, 0.25)), 2, 1, 2).linear()
        .holds("Normalization.of(List.of(1.0, 2.0), List.of(4.0, 0.25))", "[2, 1, 2]");
    LayerContract.of(Normalization.of(List.of(1.0, 2.0), List.of(4.0, 0.25)), 2).linear()
        .holds("Normalization.of(List.of(1.0, 2.0), List.of(4.0, 0.25))", "[2]");
    assertThat(Normalization.ofDeviations(List.of(0.5), List.of(2.0))).isEqualTo(Normalization.of(0.5, 4));
    Tensor y = Sequential.of(Shape.of(2, 1, 2), 1L, Normalization.of(List.of(1.0, 2.0), List.of(4.0, 0.25)))
        .predict(Tensor.of(Shape.of(2, 1, 2), 1, 3, 2, 3));
    assertThat(y.toArray()).containsExactly(new float[] {0, 1, 0, 2}, within(1e-6f));
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Rescaling.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rescaling: scale must be a finite float, got NaN");
    assertThatThrownBy(() -> Rescaling.of(1, 1e300))
        .hasMessage("rescaling: offset must be a finite float, got 1.0E300");
    assertThatThrownBy(() -> Normalization.of(0, 0))
        .hasMessage("normalization: variance must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> Normalization.ofDeviations(List.of(0.0), List.of(-1.0)))
        .hasMessage("normalization: deviation must be above 0 and finite, got -1.0");
    assertThatThrownBy(() -> Normalization.of(List.of(0.0, 0.0), List.of(1.0)))
        .hasMessage("normalization: expected a mean and a variance for each channel, got 2 and 1");
    assertThatThrownBy(() -> Normalization.of(0, 1).outputShape(Shape.of(3, 4, 4))).isInstanceOf(ShapeException.class)
        .hasMessage("normalization: expected 1 channel on axis 0 of the samples, got [3, 4, 4]");
  }
}
