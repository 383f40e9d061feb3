package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class DropoutTest {
  @Test
  void contract() {
    LayerContract.of(Dropout.of(0.5), 6).linear().holds("Dropout.of(0.5)", "[6]");
    LayerContract.of(Dropout.of(0), 2, 2, 2).linear().holds("Dropout.of(0.0)", "[2, 2, 2]");
  }

  @Test
  void dropsInTrainingAndLeavesInferenceAlone() {
    Tensor ones = Tensor.full(Shape.of(1, 10_000), 1);
    Tensor y = Dropout.of(0.2).forward(ones, null, Pass.training(new RandomSource(1)));
    double sum = 0;
    int zeros = 0;
    for (float value : y.toArray()) {
      sum += value;
      zeros += value == 0 ? 1 : 0;
    }
    assertThat(zeros / 10_000.0).isCloseTo(0.2, within(0.02));
    assertThat(sum / 10_000).isCloseTo(1, within(0.02));
    assertThat(Dropout.of(0.2).forward(ones, null, Pass.inference())).isSameAs(ones);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Dropout.of(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout: rate must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> Dropout.of(-0.1)).hasMessage("dropout: rate must be at least 0 and below 1, got -0.1");
  }
}
