package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final List<Adam> SETTINGS = List.of(
      Adam.of(0.001),
      Adam.of(0.1).withBetas(0.5, 0.9),
      Adam.of(0.1).withBetas(0, 0),
      Adam.of(0.05).withEpsilon(0.1).withWeightDecay(0.2),
      Adam.of(0.01).withAmsgrad(),
      Adam.of(Schedule.step(0.1, 10, 0.5)).withBetas(0.8, 0.95).withWeightDecay(0.1).withAmsgrad());

  @Test
  void value() {
    for (Adam adam : SETTINGS) {
      OptimizerContract.of(adam).follows((t, rate, weight, gradient, state) -> {
        double d = gradient + adam.weightDecay() * weight;
        return weight - rate * direction(t, adam.beta1(), adam.beta2(), adam.epsilon(), adam.amsgrad(), d, state);
      });
    }
  }

  /** m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon), where with AMSGrad v is the largest so far. */
  static double direction(long t, double beta1, double beta2, double epsilon, boolean amsgrad, double d,
      double[] state) {
    state[0] = beta1 * state[0] + (1 - beta1) * d;
    state[1] = beta2 * state[1] + (1 - beta2) * d * d;
    state[2] = Math.max(state[2], state[1]);
    double v = (amsgrad ? state[2] : state[1]) / (1 - Math.pow(beta2, t));
    return state[0] / (1 - Math.pow(beta1, t)) / (Math.sqrt(v) + epsilon);
  }

  @Test
  void golden() {
    OptimizerContract.of(Adam.of(0.01)).followsGolden("optim_adam");
    OptimizerContract.of(Adam.of(0.01).withAmsgrad()).followsGolden("optim_adam_amsgrad");
  }

  @Test
  void contract() {
    OptimizerContract.of(Adam.of(0.01)).holds();
    OptimizerContract.of(Adam.of(0.01).withAmsgrad().withWeightDecay(1e-3)).holds();
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    Adam.of(1).update(1, 1, 0, 1, weight, new float[1], new float[2][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Adam::toString).containsExactly(
        "Adam.of(0.001)",
        "Adam.of(0.1).withBetas(0.5, 0.9)",
        "Adam.of(0.1).withBetas(0.0, 0.0)",
        "Adam.of(0.05).withEpsilon(0.1).withWeightDecay(0.2)",
        "Adam.of(0.01).withAmsgrad()",
        "Adam.of(Schedule.step(0.1, 10, 0.5)).withBetas(0.8, 0.95).withWeightDecay(0.1).withAmsgrad()");
  }

  @Test
  void refuses() {
    refuses(() -> Adam.of(-0.1), "adam: rate must be at least 0, got -0.1");
    refuses(() -> Adam.of(Double.POSITIVE_INFINITY), "adam: rate must be finite, got Infinity");
    refuses(() -> Adam.of(null), "adam: schedule must not be null");
    refuses(() -> Adam.of(1).withBetas(1, 0.9), "adam: beta1 must be at least 0 and below 1, got 1.0");
    refuses(() -> Adam.of(1).withBetas(0.9, -0.1), "adam: beta2 must be at least 0 and below 1, got -0.1");
    refuses(() -> Adam.of(1).withEpsilon(-1e-8), "adam: epsilon must be at least 0, got -1.0E-8");
    refuses(() -> Adam.of(1).withEpsilon(Double.NaN), "adam: epsilon must be finite, got NaN");
    refuses(() -> Adam.of(1).withWeightDecay(-1), "adam: weightDecay must be at least 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
