package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdagradTest {
  private static final List<Adagrad> SETTINGS = List.of(
      Adagrad.of(0.01),
      Adagrad.of(0.1).withRateDecay(0.5),
      Adagrad.of(0.1).withStart(0.1).withEpsilon(1e-3),
      Adagrad.of(Schedule.exponential(0.1, 0.9)).withWeightDecay(0.2));

  @Test
  void value() {
    for (Adagrad adagrad : SETTINGS) {
      OptimizerContract.of(adagrad).follows((t, rate, weight, gradient, state) -> {
        double d = gradient + adagrad.weightDecay() * weight;
        state[0] = (t == 1 ? adagrad.start() : state[0]) + d * d;
        return weight - rate / (1 + (t - 1) * adagrad.rateDecay()) * d / (Math.sqrt(state[0]) + adagrad.epsilon());
      });
    }
  }

  @Test
  void golden() {
    OptimizerContract.of(Adagrad.of(0.1)).followsGolden("optim_adagrad");
  }

  @Test
  void contract() {
    OptimizerContract.of(Adagrad.of(0.5)).holds();
    OptimizerContract.of(Adagrad.of(0.5).withStart(0.1).withWeightDecay(1e-3)).holds();
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    Adagrad.of(1).update(1, 1, 0, 1, weight, new float[1], new float[1][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Adagrad::toString).containsExactly(
        "Adagrad.of(0.01)",
        "Adagrad.of(0.1).withRateDecay(0.5)",
        "Adagrad.of(0.1).withStart(0.1).withEpsilon(0.001)",
        "Adagrad.of(Schedule.exponential(0.1, 0.9)).withWeightDecay(0.2)");
  }

  @Test
  void refuses() {
    refuses(() -> Adagrad.of(-0.1), "adagrad: rate must be at least 0, got -0.1");
    refuses(() -> Adagrad.of(null), "adagrad: schedule must not be null");
    refuses(() -> Adagrad.of(1).withRateDecay(-1), "adagrad: rateDecay must be at least 0, got -1.0");
    refuses(() -> Adagrad.of(1).withStart(-1), "adagrad: start must be at least 0, got -1.0");
    refuses(() -> Adagrad.of(1).withEpsilon(-1), "adagrad: epsilon must be at least 0, got -1.0");
    refuses(() -> Adagrad.of(1).withWeightDecay(-1), "adagrad: weightDecay must be at least 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
