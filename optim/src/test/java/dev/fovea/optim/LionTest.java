package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LionTest {
  private static final List<Lion> SETTINGS = List.of(
      Lion.of(1e-4),
      Lion.of(0.01).withBetas(0.5, 0.9),
      Lion.of(Schedule.exponential(0.01, 0.9)).withWeightDecay(0.3));

  @Test
  void value() {
    for (Lion lion : SETTINGS) {
      OptimizerContract.of(lion).follows((t, rate, weight, gradient, state) -> {
        double c = lion.beta1() * state[0] + (1 - lion.beta1()) * gradient;
        state[0] = lion.beta2() * state[0] + (1 - lion.beta2()) * gradient;
        return weight - rate * (Math.signum(c) + lion.weightDecay() * weight);
      });
    }
  }

  /** By hand: the direction is 0.9 * 1 - 0.1 * 10 < 0, the mean 0.99 * 1 - 0.01 * 10; nothing moves where all is 0. */
  @Test
  void byHand() {
    float[] weight = {2, 2};
    float[][] state = {{1, 0}};
    Lion.of(1).withWeightDecay(0.5).update(7, 0.25, 0, 2, weight, new float[] {-10, 0}, state);
    assertThat(weight).containsExactly(2 - 0.25f * (-1 + 0.5f * 2), 2 - 0.25f * 0.5f * 2);
    assertThat(state[0]).containsExactly(0.99f - 0.01f * 10, 0);
  }

  @Test
  void contract() {
    OptimizerContract.of(Lion.of(0.01)).holds();
    OptimizerContract.of(Lion.of(0.01).withBetas(0.9, 0.98).withWeightDecay(1e-2)).holds();
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    Lion.of(1).update(1, 1, 0, 1, weight, new float[1], new float[1][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Lion::toString).containsExactly(
        "Lion.of(1.0E-4)",
        "Lion.of(0.01).withBetas(0.5, 0.9)",
        "Lion.of(Schedule.exponential(0.01, 0.9)).withWeightDecay(0.3)");
  }

  @Test
  void refuses() {
    refuses(() -> Lion.of(-0.1), "lion: rate must be at least 0, got -0.1");
    refuses(() -> Lion.of(null), "lion: schedule must not be null");
    refuses(() -> Lion.of(1).withBetas(1, 0.9), "lion: beta1 must be at least 0 and below 1, got 1.0");
    refuses(() -> Lion.of(1).withBetas(0.9, -1), "lion: beta2 must be at least 0 and below 1, got -1.0");
    refuses(() -> Lion.of(1).withWeightDecay(-1), "lion: weightDecay must be at least 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
