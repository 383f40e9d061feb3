package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.ops.Ops;
import org.junit.jupiter.api.Test;

class ParameterTest {
  @Test
  void hasANameAndValues() {
    float[] values = {1, 2};
    Parameter bias = Parameter.of("dense.bias", Shape.of(2), values, true);
    assertThat(bias.name()).isEqualTo("dense.bias");
    assertThat(bias.data()).isSameAs(values);
    assertThat(bias).hasToString("dense.bias Tensor[2] {1.0, 2.0}");
    bias.set(3, 4);
    assertThat(bias.toArray()).containsExactly(3, 4);
  }

  @Test
  void wantsAGradientWhileItTrains() {
    Parameter weight = Parameter.of("w", Shape.of(1), new float[1], true);
    assertThat(weight.trainable()).isTrue();
    assertThat(weight.wantsGrad()).isTrue();
    weight.freeze(true);
    assertThat(weight.frozen()).isTrue();
    assertThat(weight.trainable()).isFalse();
    assertThat(Ops.relu(weight).wantsGrad()).as("nothing to differentiate").isFalse();
    weight.freeze(false);
    assertThat(Ops.relu(weight).wantsGrad()).isTrue();
  }

  @Test
  void statisticsAreNeverTrained() {
    Parameter mean = Parameter.of("batch_normalization.running_mean", Shape.of(1), new float[1], false);
    assertThat(mean.trainable()).isFalse();
    mean.freeze(false);
    assertThat(mean.trainable()).isFalse();
    assertThat(mean.wantsGrad()).isFalse();
  }

  @Test
  void mayHaveAShapeOnly() {
    Parameter weight = Parameter.symbolic("w", Shape.of(100_000, 100_000), true);
    assertThat(weight.hasData()).isFalse();
    assertThat(weight).hasToString("w Tensor[100000, 100000]");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Parameter.of("dense.bias", Shape.of(2), new float[3], true))
        .isInstanceOf(ShapeException.class).hasMessage("dense.bias [2]: expected 2 values, got 3");
    Parameter bias = Parameter.of("dense.bias", Shape.of(2), new float[2], true);
    assertThatThrownBy(() -> bias.set(1, 2, 3)).isInstanceOf(ShapeException.class)
        .hasMessage("dense.bias [2]: expected 2 values, got 3");
  }
}
