package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
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

  /** A weight without a gradient decays by a hundred-thousandth a step, as usual: a share that float32 has not of 1. */
  @Test
  void aSmallDecayOverManySteps() {
    Parameter parameter = Parameter.of("weight", Shape.of(1), new float[] {1}, true);
    OptimizerState optimizing = OptimizerState.of(AdamW.of(1e-3), List.of(parameter));
    for (int step = 0; step < 3000; step++) {
      OptimizerContract.give(parameter, 0);
      optimizing.step();
    }
    assertThat((double) parameter.get(0)).isCloseTo(Math.pow(1 - 1e-5, 3000), within(1e-5));
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
