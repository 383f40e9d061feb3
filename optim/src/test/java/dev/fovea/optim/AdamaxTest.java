package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdamaxTest {
  private static final List<Adamax> SETTINGS = List.of(
      Adamax.of(0.002),
      Adamax.of(0.1).withBetas(0.5, 0.9),
      Adamax.of(0.1).withBetas(0, 0),
      Adamax.of(Schedule.step(0.1, 10, 0.5)).withEpsilon(0.1).withWeightDecay(0.2));

  @Test
  void value() {
    for (Adamax adamax : SETTINGS) {
      OptimizerContract.of(adamax).follows((t, rate, weight, gradient, state) -> {
        double d = gradient + adamax.weightDecay() * weight;
        state[0] = adamax.beta1() * state[0] + (1 - adamax.beta1()) * d;
        state[1] = Math.max(adamax.beta2() * state[1], Math.abs(d) + adamax.epsilon());
        return weight - rate / (1 - Math.pow(adamax.beta1(), t)) * state[0] / state[1];
      });
    }
  }

  @Test
  void golden() {
    OptimizerContract.of(Adamax.of(0.01)).followsGolden("optim_adamax");
  }

  @Test
  void contract() {
    OptimizerContract.of(Adamax.of(0.01)).holds();
    OptimizerContract.of(Adamax.of(0.01).withWeightDecay(1e-3)).holds();
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    Adamax.of(1).update(1, 1, 0, 1, weight, new float[1], new float[2][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Adamax::toString).containsExactly(
        "Adamax.of(0.002)",
        "Adamax.of(0.1).withBetas(0.5, 0.9)",
        "Adamax.of(0.1).withBetas(0.0, 0.0)",
        "Adamax.of(Schedule.step(0.1, 10, 0.5)).withEpsilon(0.1).withWeightDecay(0.2)");
  }

  @Test
  void refuses() {
    refuses(() -> Adamax.of(-0.1), "adamax: rate must be at least 0, got -0.1");
    refuses(() -> Adamax.of(null), "adamax: schedule must not be null");
    refuses(() -> Adamax.of(1).withBetas(1, 0.9), "adamax: beta1 must be at least 0 and below 1, got 1.0");
    refuses(() -> Adamax.of(1).withBetas(0.9, -0.1), "adamax: beta2 must be at least 0 and below 1, got -0.1");
    refuses(() -> Adamax.of(1).withEpsilon(-1), "adamax: epsilon must be at least 0, got -1.0");
    refuses(() -> Adamax.of(1).withWeightDecay(Double.NaN), "adamax: weightDecay must be finite, got NaN");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
