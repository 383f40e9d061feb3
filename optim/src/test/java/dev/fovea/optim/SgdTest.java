package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest {
  private static final List<Sgd> SETTINGS = List.of(
      Sgd.of(0.1),
      Sgd.of(0.1).withWeightDecay(0.2),
      Sgd.of(0.1).withMomentum(0.9),
      Sgd.of(0.02).withMomentum(0.5).withWeightDecay(0.1),
      Sgd.of(0.1).withMomentum(0.9).withNesterov(),
      Sgd.of(Schedule.exponential(0.05, 0.9)).withMomentum(0.8).withNesterov().withWeightDecay(0.3));

  @Test
  void value() {
    for (Sgd sgd : SETTINGS) {
      OptimizerContract.of(sgd)
          .follows((t, rate, weight, gradient, state) -> formula(sgd, rate, weight, gradient, state));
    }
  }

  private static double formula(Sgd sgd, double rate, double weight, double gradient, double[] state) {
    double d = gradient + sgd.weightDecay() * weight;
    if (sgd.momentum() > 0) {
      state[0] = sgd.momentum() * state[0] + d;
      d = sgd.nesterov() ? d + sgd.momentum() * state[0] : state[0];
    }
    return weight - rate * d;
  }

  @Test
  void golden() {
    OptimizerContract.of(Sgd.of(0.1)).followsGolden("optim_sgd");
    OptimizerContract.of(Sgd.of(0.1).withMomentum(0.9)).followsGolden("optim_sgd_momentum");
    OptimizerContract.of(Sgd.of(0.1).withMomentum(0.9).withNesterov().withWeightDecay(0.01))
        .followsGolden("optim_sgd_nesterov_wd");
  }

  @Test
  void contract() {
    OptimizerContract.of(Sgd.of(0.1)).holds();
    OptimizerContract.of(Sgd.of(0.01).withMomentum(0.9).withWeightDecay(1e-3)).holds();
    OptimizerContract.of(Sgd.of(0.01).withMomentum(0.9).withNesterov()).holds();
  }

  @Test
  void nesterovsFirstStepGoesFurther() {
    float[] weight = {0};
    Sgd.of(1).withMomentum(0.5).withNesterov().update(1, 1, 0, 1, weight, new float[] {2}, new float[1][1]);
    assertThat(weight).containsExactly(-3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Sgd::toString).containsExactly(
        "Sgd.of(0.1)",
        "Sgd.of(0.1).withWeightDecay(0.2)",
        "Sgd.of(0.1).withMomentum(0.9)",
        "Sgd.of(0.02).withMomentum(0.5).withWeightDecay(0.1)",
        "Sgd.of(0.1).withMomentum(0.9).withNesterov()",
        "Sgd.of(Schedule.exponential(0.05, 0.9)).withMomentum(0.8).withNesterov().withWeightDecay(0.3)");
    assertThat(Sgd.of(0.1).withMomentum(0.9)).isEqualTo(Sgd.of(Schedule.constant(0.1)).withMomentum(0.9));
  }

  @Test
  void refuses() {
    refuses(() -> Sgd.of(-0.1), "sgd: rate must be at least 0, got -0.1");
    refuses(() -> Sgd.of(Double.NaN), "sgd: rate must be finite, got NaN");
    refuses(() -> Sgd.of(null), "sgd: schedule must not be null");
    refuses(() -> Sgd.of(1).withMomentum(1), "sgd: momentum must be at least 0 and below 1, got 1.0");
    refuses(() -> Sgd.of(1).withMomentum(-0.5), "sgd: momentum must be at least 0 and below 1, got -0.5");
    refuses(() -> Sgd.of(1).withMomentum(Double.NaN), "sgd: momentum must be at least 0 and below 1, got NaN");
    refuses(() -> Sgd.of(1).withWeightDecay(-1), "sgd: weightDecay must be at least 0, got -1.0");
    refuses(() -> Sgd.of(1).withNesterov(), "sgd: nesterov needs a momentum above 0, got 0.0; "
        + "set it first, as in withMomentum(0.9).withNesterov()");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
