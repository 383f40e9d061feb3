package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RmsPropTest {
  private static final List<RmsProp> SETTINGS = List.of(
      RmsProp.of(0.01),
      RmsProp.of(0.1).withAlpha(0.5).withWeightDecay(0.2),
      RmsProp.of(0.01).withMomentum(0.9),
      RmsProp.of(0.01).withCentered(),
      RmsProp.of(0.1).withAlpha(0.9).withEpsilon(0.01).withCentered().withWeightDecay(0.1),
      RmsProp.of(Schedule.exponential(0.1, 0.9)).withMomentum(0.7).withCentered().withWeightDecay(0.1));

  @Test
  void value() {
    for (RmsProp rmsProp : SETTINGS) {
      OptimizerContract.of(rmsProp)
          .follows((t, rate, weight, gradient, state) -> formula(rmsProp, rate, weight, gradient, state));
    }
  }

  /** As PyTorch writes it, with the variance as the difference of two averages. */
  private static double formula(RmsProp rmsProp, double rate, double weight, double gradient, double[] state) {
    double alpha = rmsProp.alpha();
    double d = gradient + rmsProp.weightDecay() * weight;
    state[0] = alpha * state[0] + (1 - alpha) * d * d;
    state[1] = alpha * state[1] + (1 - alpha) * d;
    double v = rmsProp.centered() ? state[0] - state[1] * state[1] : state[0];
    state[2] = rmsProp.momentum() * state[2] + d / (Math.sqrt(v) + rmsProp.epsilon());
    return weight - rate * state[2];
  }

  @Test
  void golden() {
    OptimizerContract.of(RmsProp.of(0.01)).followsGolden("optim_rmsprop");
    OptimizerContract.of(RmsProp.of(0.01).withMomentum(0.9).withCentered())
        .followsGolden("optim_rmsprop_momentum_centered");
  }

  @Test
  void contract() {
    OptimizerContract.of(RmsProp.of(0.01)).holds();
    OptimizerContract.of(RmsProp.of(0.001).withMomentum(0.9).withCentered().withEpsilon(1e-3)).holds();
  }

  /** The difference of the two averages, in float32, does fall below 0 here, and its root would be NaN. */
  @Test
  void aSteadyGradientHasAVarianceOfAtLeastZero() {
    float[] weight = {0};
    float[][] state = new float[2][1];
    float gradient = 0.7f;
    float square = 0;
    float mean = 0;
    boolean fell = false;
    for (int step = 1; step <= 3000; step++) {
      square = 0.99f * square + 0.01f * gradient * gradient;
      mean = 0.99f * mean + 0.01f * gradient;
      fell |= square - mean * mean < 0;
      RmsProp.of(0.01).withCentered().update(step, 0.01, 0, 1, weight, new float[] {gradient}, state);
      assertThat(state[0][0]).as("variance after step %d", step).isNotNegative();
      assertThat(weight[0]).as("weight after step %d", step).isFinite();
    }
    assertThat(fell).as("whether the difference fell below 0").isTrue();
  }

  @Test
  void slots() {
    assertThat(SETTINGS).map(RmsProp::slots).containsExactly(1, 1, 2, 2, 2, 3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(RmsProp::toString).containsExactly(
        "RmsProp.of(0.01)",
        "RmsProp.of(0.1).withAlpha(0.5).withWeightDecay(0.2)",
        "RmsProp.of(0.01).withMomentum(0.9)",
        "RmsProp.of(0.01).withCentered()",
        "RmsProp.of(0.1).withAlpha(0.9).withEpsilon(0.01).withCentered().withWeightDecay(0.1)",
        "RmsProp.of(Schedule.exponential(0.1, 0.9)).withMomentum(0.7).withCentered().withWeightDecay(0.1)");
  }

  @Test
  void refuses() {
    refuses(() -> RmsProp.of(-0.1), "rmsprop: rate must be at least 0, got -0.1");
    refuses(() -> RmsProp.of(null), "rmsprop: schedule must not be null");
    refuses(() -> RmsProp.of(1).withAlpha(1), "rmsprop: alpha must be at least 0 and below 1, got 1.0");
    refuses(() -> RmsProp.of(1).withEpsilon(-1), "rmsprop: epsilon must be at least 0, got -1.0");
    refuses(() -> RmsProp.of(1).withMomentum(1.5), "rmsprop: momentum must be at least 0 and below 1, got 1.5");
    refuses(() -> RmsProp.of(1).withWeightDecay(-1), "rmsprop: weightDecay must be at least 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
