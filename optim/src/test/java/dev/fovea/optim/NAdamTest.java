package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NAdamTest {
  private static final List<NAdam> SETTINGS = List.of(
      NAdam.of(0.002),
      NAdam.of(0.1).withBetas(0.5, 0.9),
      NAdam.of(0.1).withBetas(0, 0),
      NAdam.of(0.05).withEpsilon(0.1).withWeightDecay(0.2).withMomentumDecay(1),
      NAdam.of(Schedule.step(0.1, 10, 0.5)).withMomentumDecay(0),
      NAdam.of(0.01).withExactProduct());

  /** The product of the momenta is carried from step to step here, as PyTorch does it. */
  @Test
  void value() {
    for (NAdam nadam : SETTINGS) {
      OptimizerContract.of(nadam).follows((t, rate, weight, gradient, state) -> {
        double d = gradient + nadam.weightDecay() * weight;
        state[0] = nadam.beta1() * state[0] + (1 - nadam.beta1()) * d;
        state[1] = nadam.beta2() * state[1] + (1 - nadam.beta2()) * d * d;
        double now = momentum(nadam, t);
        double next = momentum(nadam, t + 1);
        state[2] = t == 1 ? now : state[2] * now;
        double product = state[2] * next * (nadam.exactProduct() ? 1 : now);
        double step = (1 - now) / (1 - state[2]) * d + next / (1 - product) * state[0];
        return weight - rate * step / (Math.sqrt(state[1] / (1 - Math.pow(nadam.beta2(), t))) + nadam.epsilon());
      });
    }
  }

  private static double momentum(NAdam nadam, long t) {
    return nadam.beta1() * (1 - 0.5 * Math.pow(0.96, t * nadam.momentumDecay()));
  }

  /** PyTorch 1.13 has mu(t) in the product twice. */
  @Test
  void golden() {
    OptimizerContract.of(NAdam.of(0.01)).followsGolden("optim_nadam");
  }

  @Test
  void contract() {
    OptimizerContract.of(NAdam.of(0.01)).holds();
    OptimizerContract.of(NAdam.of(0.01).withWeightDecay(1e-3)).holds();
  }

  /** After a million steps the product of the momenta is 0: one step of a constant gradient is a step of the rate. */
  @Test
  void farOn() {
    float[] weight = {0};
    NAdam.of(1).update(1_000_000, 0.5, 0, 1, weight, new float[] {2}, new float[][] {{2}, {4}});
    assertThat(weight).containsExactly(-0.5f);
  }

  @Test
  void aWeightWithoutGradientStays() {
    float[] weight = {3};
    NAdam.of(1).update(1, 1, 0, 1, weight, new float[1], new float[2][1]);
    assertThat(weight).containsExactly(3);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(NAdam::toString).containsExactly(
        "NAdam.of(0.002)",
        "NAdam.of(0.1).withBetas(0.5, 0.9)",
        "NAdam.of(0.1).withBetas(0.0, 0.0)",
        "NAdam.of(0.05).withEpsilon(0.1).withWeightDecay(0.2).withMomentumDecay(1.0)",
        "NAdam.of(Schedule.step(0.1, 10, 0.5)).withMomentumDecay(0.0)",
        "NAdam.of(0.01).withExactProduct()");
  }

  @Test
  void refuses() {
    refuses(() -> NAdam.of(-0.1), "nadam: rate must be at least 0, got -0.1");
    refuses(() -> NAdam.of(null), "nadam: schedule must not be null");
    refuses(() -> NAdam.of(1).withBetas(1, 0.9), "nadam: beta1 must be at least 0 and below 1, got 1.0");
    refuses(() -> NAdam.of(1).withBetas(0.9, -0.1), "nadam: beta2 must be at least 0 and below 1, got -0.1");
    refuses(() -> NAdam.of(1).withEpsilon(-1), "nadam: epsilon must be at least 0, got -1.0");
    refuses(() -> NAdam.of(1).withWeightDecay(Double.NaN), "nadam: weightDecay must be finite, got NaN");
    refuses(() -> NAdam.of(1).withMomentumDecay(-1), "nadam: momentumDecay must be at least 0, got -1.0");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
