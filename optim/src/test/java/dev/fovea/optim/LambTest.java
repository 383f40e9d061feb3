package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambTest {
  private static final List<Lamb> SETTINGS = List.of(
      Lamb.of(0.001),
      Lamb.of(0.01).withBetas(0.5, 0.9).withWeightDecay(0),
      Lamb.of(Schedule.exponential(0.01, 0.9)).withEpsilon(1e-3).withWeightDecay(0.3));

  /** Two parameters, one of which starts at 0 as a bias does: each has its own norms. */
  @Test
  void value() {
    for (Lamb lamb : SETTINGS) {
      for (int size : new int[] {1, 1003, 40_000}) {
        follows(lamb, Parameter.of("weight", Shape.of(size), random(size, 0), true),
            Parameter.of("bias", Shape.of(size), new float[size], true));
      }
    }
  }

  private static void follows(Lamb lamb, Parameter... parameters) {
    OptimizerState optimizing = OptimizerState.of(lamb, List.of(parameters));
    double[][] expected = new double[parameters.length][];
    double[][][] state = new double[parameters.length][2][parameters[0].shape().size()];
    for (int p = 0; p < parameters.length; p++) {
      expected[p] = doubles(parameters[p].toArray());
    }
    for (int step = 1; step <= 12; step++) {
      double rate = lamb.schedule().at(step - 1);
      for (int p = 0; p < parameters.length; p++) {
        float[] gradient = random(parameters[p].shape().size(), 2 * step + p);
        OptimizerContract.give(parameters[p], gradient);
        update(lamb, step, rate, expected[p], gradient, state[p]);
      }
      optimizing.step();
      for (int p = 0; p < parameters.length; p++) {
        Golden.near(lamb + ": " + parameters[p].name() + " of " + expected[p].length + " after step " + step,
            parameters[p].toArray(), expected[p], Golden.TOLERANCE);
      }
    }
  }

  /** Algorithm 2 of the paper, in double precision. */
  private static void update(Lamb lamb, int t, double rate, double[] weight, float[] gradient, double[][] state) {
    double[] u = new double[weight.length];
    double weights = 0;
    double direction = 0;
    for (int i = 0; i < weight.length; i++) {
      state[0][i] = lamb.beta1() * state[0][i] + (1 - lamb.beta1()) * gradient[i];
      state[1][i] = lamb.beta2() * state[1][i] + (1 - lamb.beta2()) * gradient[i] * gradient[i];
      double m = state[0][i] / (1 - Math.pow(lamb.beta1(), t));
      double v = state[1][i] / (1 - Math.pow(lamb.beta2(), t));
      u[i] = m / (Math.sqrt(v) + lamb.epsilon()) + lamb.weightDecay() * weight[i];
      weights += weight[i] * weight[i];
      direction += u[i] * u[i];
    }
    double trust = weights == 0 || direction == 0 ? 1 : Math.sqrt(weights) / Math.sqrt(direction);
    for (int i = 0; i < weight.length; i++) {
      weight[i] -= rate * trust * u[i];
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] random(int size, long purpose) {
    return Tensor.normal(Shape.of(size), RandomSource.of(11, purpose)).toArray();
  }

  /** Whatever the scale of the gradient, a parameter moves by the rate's share of its norm. */
  @Test
  void movesByAShareOfTheNorm() {
    for (float scale : new float[] {1e-3f, 1, 1e3f}) {
      Parameter parameter = Parameter.of("weight", Shape.of(2), new float[] {3, 4}, true);
      OptimizerState state = OptimizerState.of(Lamb.of(0.1).withEpsilon(0).withWeightDecay(0), List.of(parameter));
      OptimizerContract.give(parameter, scale, -scale);
      state.step();
      float each = (float) (0.1 * 5 / Math.sqrt(2));
      assertThat(parameter.toArray()).containsExactly(new float[] {3 - each, 4 + each}, within(1e-6f));
    }
  }

  @Test
  void trust() {
    assertThat(Lamb.of(1).trust(6, 2)).isEqualTo(3);
    assertThat(Lamb.of(1).trust(0, 2)).isEqualTo(1);
    assertThat(Lamb.of(1).trust(6, 0)).isEqualTo(1);
  }

  @Test
  void contract() {
    OptimizerContract.of(Lamb.of(0.01)).holds();
    OptimizerContract.of(Lamb.of(0.01).withWeightDecay(1e-3)).holds();
  }

  @Test
  void aWeightWithoutGradientStays() {
    Parameter parameter = Parameter.of("weight", Shape.of(2), new float[] {3, 4}, true);
    OptimizerState state = OptimizerState.of(Lamb.of(0.1).withWeightDecay(0), List.of(parameter));
    OptimizerContract.give(parameter, 0, 0);
    state.step();
    assertThat(parameter.toArray()).containsExactly(3, 4);
  }

  @Test
  void printsAsCode() {
    assertThat(SETTINGS).map(Lamb::toString).containsExactly(
        "Lamb.of(0.001)",
        "Lamb.of(0.01).withBetas(0.5, 0.9).withWeightDecay(0.0)",
        "Lamb.of(Schedule.exponential(0.01, 0.9)).withEpsilon(0.001).withWeightDecay(0.3)");
  }

  @Test
  void refuses() {
    refuses(() -> Lamb.of(-0.1), "lamb: rate must be at least 0, got -0.1");
    refuses(() -> Lamb.of(null), "lamb: schedule must not be null");
    refuses(() -> Lamb.of(1).withBetas(1, 0.9), "lamb: beta1 must be at least 0 and below 1, got 1.0");
    refuses(() -> Lamb.of(1).withBetas(0.9, -0.1), "lamb: beta2 must be at least 0 and below 1, got -0.1");
    refuses(() -> Lamb.of(1).withEpsilon(-1), "lamb: epsilon must be at least 0, got -1.0");
    refuses(() -> Lamb.of(1).withWeightDecay(Double.NaN), "lamb: weightDecay must be finite, got NaN");
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
