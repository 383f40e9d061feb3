package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final List<AdamW> SETTINGS = List.of(
      AdamW.of(0.1),
      AdamW.of(0.1).withWeightDecay(0),
      AdamW.of(0.01).withWeightDecay(2).withEpsilon(1e-3),
      AdamW.of(Schedule.exponential(0.1, 0.95)).withBetas(0.8, 0.95).withWeightDecay(0.5).withAmsgrad());

  @Test
  void value() {
    for (AdamW adamW : SETTINGS) {
      OptimizerContract.of(adamW).follows((t, rate, weight, gradient, state) -> {
        double direction = AdamTest.direction(
            t, adamW.beta1(), adamW.beta2(), adamW.epsilon(), adamW.amsgrad(), gradient, state);
        return weight - rate * adamW.weightDecay() * weight - rate * direction;
      });
    }
  }

  @Test
  void golden() {
    OptimizerContract.of(AdamW.of(0.01).withWeightDecay(0.05)).followsGolden("optim_adamw");
  }

  @Test
  void contract() {
    OptimizerContract.of(AdamW.of(0.01)).holds();
    OptimizerContract.of(AdamW.of(0.01).withAmsgrad()).holds();
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(AdamW::toString).containsExactly(
        "AdamW.of(0.1)",
        "AdamW.of(0.1).withWeightDecay(0.0)",
        "AdamW.of(0.01).withEpsilon(0.001).withWeightDecay(2.0)",
        "AdamW.of(Schedule.exponential(0.1, 0.95)).withBetas(0.8, 0.95).withWeightDecay(0.5).withAmsgrad()");
  }

  @Test
  void refuses() {
    refuses(() -> AdamW.of(-0.1), "adamw: rate must be at least 0, got -0.1");
    refuses(() -> AdamW.of(null), "adamw: schedule must not be null");
    refuses(() -> AdamW.of(1).withBetas(-1, 0.9), "adamw: beta1 must be at least 0 and below 1, got -1.0");
    refuses(() -> AdamW.of(1).withBetas(0.9, 1), "adamw: beta2 must be at least 0 and below 1, got 1.0");
    refuses(() -> AdamW.of(1).withEpsilon(-1), "adamw: epsilon must be at least 0, got -1.0");
    refuses(() -> AdamW.of(1).withWeightDecay(Double.POSITIVE_INFINITY),
        "adamw: weightDecay must be finite, got Infinity");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
