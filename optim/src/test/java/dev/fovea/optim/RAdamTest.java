package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RAdamTest {
  private static final List<RAdam> SETTINGS = List.of(
      RAdam.of(0.001),
      RAdam.of(0.1).withBetas(0.5, 0.9),
      RAdam.of(0.01).withBetas(0, 0.5),
      RAdam.of(0.05).withEpsilon(0.1).withWeightDecay(0.2),
      RAdam.of(Schedule.step(0.1, 10, 0.5)).withBetas(0.8, 0.95));

  @Test
  void value() {
    for (RAdam radam : SETTINGS) {
      OptimizerContract.of(radam).follows((t, rate, weight, gradient, state) -> {
        double d = gradient + radam.weightDecay() * weight;
        state[0] = radam.beta1() * state[0] + (1 - radam.beta1()) * d;
        state[1] = radam.beta2() * state[1] + (1 - radam.beta2()) * d * d;
        return weight - rate * state[0] / (1 - Math.pow(radam.beta1(), t)) * adaptive(radam, t, state[1]);
      });
    }
  }

  /** What the mean gradient is multiplied by: the rectified adaptive rate, or 1 as long as there is none. */
  private static double adaptive(RAdam radam, long t, double square) {
    double kept = Math.pow(radam.beta2(), t);
    double limit = 2 / (1 - radam.beta2()) - 1;
    double rho = limit - 2 * t * kept / (1 - kept);
    return rho > 5
        ? Math.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho))
            * Math.sqrt(1 - kept) / (Math.sqrt(square) + radam.epsilon())
        : 1;
  }

  @Test
  void golden() {
    OptimizerContract.of(RAdam.of(0.01)).followsGolden("optim_radam");
  }

  @Test
  void contract() {
    OptimizerContract.of(RAdam.of(0.01)).holds();
    OptimizerContract.of(RAdam.of(0.01).withBetas(0.9, 0.5).withWeightDecay(1e-3)).holds();
  }

  /** With a beta2 of 0.999 the sixth step is the first adaptive one: the gradient's scale no longer matters. */
  @Test
  void adaptiveFromTheSixthStepOn() {
    for (int steps = 5; steps <= 6; steps++) {
      assertThat(lastMove(steps, 10) == lastMove(steps, 1)).as("step %d", steps).isEqualTo(steps == 6);
    }
  }

  private static float lastMove(int steps, float gradient) {
    float[][] state = new float[2][1];
    float[] weight = new float[1];
    for (int step = 1; step <= steps; step++) {
      weight[0] = 0;
      RAdam.of(1).withEpsilon(0).withBetas(0.5, 0.999).update(step, 1, 0, 1, weight, new float[] {gradient}, state);
    }
    return Math.round(weight[0] * 1e4f);
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    RAdam.of(1).update(1, 1, 0, 1, weight, new float[1], new float[2][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(RAdam::toString).containsExactly(
        "RAdam.of(0.001)",
        "RAdam.of(0.1).withBetas(0.5, 0.9)",
        "RAdam.of(0.01).withBetas(0.0, 0.5)",
        "RAdam.of(0.05).withEpsilon(0.1).withWeightDecay(0.2)",
        "RAdam.of(Schedule.step(0.1, 10, 0.5)).withBetas(0.8, 0.95)");
  }

  @Test
  void refuses() {
    refuses(() -> RAdam.of(-0.1), "radam: rate must be at least 0, got -0.1");
    refuses(() -> RAdam.of(null), "radam: schedule must not be null");
    refuses(() -> RAdam.of(1).withBetas(1, 0.9), "radam: beta1 must be at least 0 and below 1, got 1.0");
    refuses(() -> RAdam.of(1).withBetas(0.9, -0.1), "radam: beta2 must be at least 0 and below 1, got -0.1");
    refuses(() -> RAdam.of(1).withEpsilon(-1), "radam: epsilon must be at least 0, got -1.0");
    refuses(() -> RAdam.of(1).withWeightDecay(Double.NaN), "radam: weightDecay must be finite, got NaN");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
