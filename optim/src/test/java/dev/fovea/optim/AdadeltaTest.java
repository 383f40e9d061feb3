package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdadeltaTest {
  private static final List<Adadelta> SETTINGS = List.of(
      Adadelta.of(),
      Adadelta.of(0.5).withRho(0.5),
      Adadelta.of(Schedule.exponential(1, 0.9)).withRho(0).withEpsilon(1e-3).withWeightDecay(0.2));

  @Test
  void value() {
    for (Adadelta adadelta : SETTINGS) {
      OptimizerContract.of(adadelta).follows((t, rate, weight, gradient, state) -> {
        double rho = adadelta.rho();
        double d = gradient + adadelta.weightDecay() * weight;
        state[0] = rho * state[0] + (1 - rho) * d * d;
        double x = Math.sqrt(state[1] + adadelta.epsilon()) / Math.sqrt(state[0] + adadelta.epsilon()) * d;
        state[1] = rho * state[1] + (1 - rho) * x * x;
        return weight - rate * x;
      });
    }
  }

  @Test
  void golden() {
    OptimizerContract.of(Adadelta.of()).followsGolden("optim_adadelta");
  }

  @Test
  void contract() {
    OptimizerContract.of(Adadelta.of()).holds();
    OptimizerContract.of(Adadelta.of().withWeightDecay(1e-3)).holds();
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    Adadelta.of().update(1, 1, 0, 1, weight, new float[1], new float[2][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Adadelta::toString).containsExactly(
        "Adadelta.of(1.0)",
        "Adadelta.of(0.5).withRho(0.5)",
        "Adadelta.of(Schedule.exponential(1.0, 0.9)).withRho(0.0).withEpsilon(0.001).withWeightDecay(0.2)");
  }

  @Test
  void refuses() {
    refuses(() -> Adadelta.of(-0.1), "adadelta: rate must be at least 0, got -0.1");
    refuses(() -> Adadelta.of(null), "adadelta: schedule must not be null");
    refuses(() -> Adadelta.of().withRho(1), "adadelta: rho must be at least 0 and below 1, got 1.0");
    refuses(() -> Adadelta.of().withEpsilon(0), "adadelta: epsilon must be above 0, got 0.0");
    refuses(() -> Adadelta.of().withWeightDecay(-1), "adadelta: weightDecay must be at least 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
