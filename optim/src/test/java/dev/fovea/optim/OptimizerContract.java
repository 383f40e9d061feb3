package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Golden;
import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What every optimizer must keep: it follows its formula, written out for one weight in double precision, and PyTorch's
 * trajectory where there is one; the way the work is cut changes no bit, nor does compiling; gradients are only read; a
 * quadratic is minimized.
 */
final class OptimizerContract {
  private static final int STEPS = 40;
  private static final int SIZE = 1003;

  private final Optimizer optimizer;

  private OptimizerContract(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** An optimizer's formula for one weight: returns the weight after update number t; state is zeros at first. */
  interface Formula {
    double update(long t, double rate, double weight, double gradient, double[] state);
  }

  static OptimizerContract of(Optimizer optimizer) {
    return new OptimizerContract(optimizer);
  }

  /** Asserts all that needs no formula. */
  void holds() {
    sameBitsHoweverCut();
    sameBitsColdAndHot();
    minimizesAQuadratic();
  }

  /** Asserts agreement with a formula at every step of random gradients. */
  void follows(Formula formula) {
    float[] initial = random(0);
    Parameter parameter = parameter(initial);
    OptimizerState optimizing = OptimizerState.of(optimizer, List.of(parameter));
    double[] expected = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      expected[i] = initial[i];
    }
    double[][] state = new double[SIZE][4];
    for (int step = 1; step <= STEPS; step++) {
      float[] gradient = random(step);
      double rate = optimizer.schedule().at(step - 1);
      for (int i = 0; i < SIZE; i++) {
        expected[i] = formula.update(step, rate, expected[i], gradient[i], state[i]);
      }
      give(parameter, gradient);
      optimizing.step();
      Golden.near(optimizer + " after step " + step, parameter.toArray(), expected, Golden.TOLERANCE);
    }
  }

  /** Asserts agreement with the trajectory of a golden file at every step. */
  void followsGolden(String name) {
    JsonNode root = Golden.read(name).root();
    Tensor initial = Golden.tensor(root.path("initial"));
    Parameter parameter = Parameter.of("weight", initial.shape(), initial.toArray(), true);
    OptimizerState optimizing = OptimizerState.of(optimizer, List.of(parameter));
    JsonNode gradients = root.path("gradients");
    assertThat(gradients.size()).isEqualTo(12);
    for (int step = 0; step < gradients.size(); step++) {
      give(parameter, Golden.tensor(gradients.get(step)).toArray());
      optimizing.step();
      Golden.near(name + " after step " + (step + 1), parameter, root.path("after_each_step").get(step));
    }
  }

  private void sameBitsHoweverCut() {
    float[] whole = trajectory(SIZE);
    assertThat(trajectory(1)).as("%s one element at a time", optimizer).isEqualTo(whole);
    assertThat(trajectory(37)).as("%s in stretches of 37", optimizer).isEqualTo(whole);
  }

  private void sameBitsColdAndHot() {
    float[] first = trajectory(SIZE);
    for (int run = 0; run < 200; run++) {
      trajectory(SIZE);
    }
    assertThat(trajectory(SIZE)).as("%s after compilation", optimizer).isEqualTo(first);
  }

  /** The weights and the state after a few updates, cut into stretches of a given length. */
  private float[] trajectory(int stretch) {
    float[] weight = random(0);
    float[][] state = new float[optimizer.slots()][SIZE];
    for (int step = 1; step <= 5; step++) {
      float[] gradient = random(step);
      for (int from = 0; from < SIZE && optimizer instanceof LayerwiseOptimizer layerwise; from += stretch) {
        layerwise.prepare(step, from, Math.min(SIZE, from + stretch), weight, gradient, state);
      }
      for (int from = 0; from < SIZE; from += stretch) {
        optimizer.update(step, 0.01, from, Math.min(SIZE, from + stretch), weight, gradient, state);
      }
      assertThat(gradient).as("the gradient").isEqualTo(random(step));
    }
    float[] all = new float[SIZE * (1 + state.length)];
    System.arraycopy(weight, 0, all, 0, SIZE);
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(state[i], 0, all, SIZE * (i + 1), SIZE);
    }
    return all;
  }

  /** The loss is the sum of scale * (w - 1)^2 / 2, with scales from 0.5 to 5. */
  private void minimizesAQuadratic() {
    Parameter parameter = Parameter.of("weight", Shape.of(10), new float[10], true);
    OptimizerState optimizing = OptimizerState.of(optimizer, List.of(parameter));
    for (int step = 0; step < 2000; step++) {
      float[] gradient = new float[10];
      for (int i = 0; i < 10; i++) {
        gradient[i] = 0.5f * (i + 1) * (parameter.data()[i] - 1);
      }
      give(parameter, gradient);
      optimizing.step();
    }
    for (float weight : parameter.toArray()) {
      assertThat(weight).as("%s: a weight that should be 1", optimizer).isBetween(0.9f, 1.1f);
    }
  }

  /** As a backward pass would leave it. */
  static void give(Parameter parameter, float... gradient) {
    parameter.zeroGrad();
    System.arraycopy(gradient, 0, parameter.grad(), 0, gradient.length);
  }

  private static Parameter parameter(float[] values) {
    return Parameter.of("weight", Shape.of(values.length), values.clone(), true);
  }

  private static float[] random(long purpose) {
    return Tensor.normal(Shape.of(SIZE), RandomSource.of(11, purpose)).toArray();
  }
}
