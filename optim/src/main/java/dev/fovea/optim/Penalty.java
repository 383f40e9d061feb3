package dev.fovea.optim;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Stretches;
import java.util.List;

/**
 * A {@link Regularizer} at work on a model's parameters. What it sums is summed in double precision, in an order that
 * does not depend on the number of threads.
 */
public final class Penalty {
  /** Elements a thread takes at a time. Sums are cut by it, so their last bits depend on it. */
  private static final int STRETCH = 1 << 14;

  private final double l1;
  private final double l2;
  private final List<Parameter> parameters;
  private final Stretches stretches;

  private Penalty(Regularizer regularizer, List<Parameter> parameters) {
    this.l1 = regularizer.l1();
    this.l2 = regularizer.l2();
    this.parameters = regularizer.among(parameters);
    this.stretches = Stretches.of(STRETCH, this.parameters.stream().mapToInt(p -> p.shape().size()).toArray());
  }

  /** The penalty on those of a model's parameters that the regularizer concerns. */
  public static Penalty of(Regularizer regularizer, List<Parameter> parameters) {
    return new Penalty(regularizer, parameters);
  }

  /** How large it is now. */
  public double value() {
    return stretches.sum(this::value);
  }

  /**
   * Adds its gradient to the gradients.
   *
   * @return how large it is now
   */
  public double addGradient() {
    // Before the threads share the work: a gradient that nothing was written to starts at 0 here.
    parameters.stream().filter(Parameter::trainable).forEach(Parameter::grad);
    return stretches.sum((parameter, from, to) -> {
      addGradient(parameter, from, to);
      return value(parameter, from, to);
    });
  }

  private double value(int parameter, int from, int to) {
    if (!parameters.get(parameter).trainable()) {
      return 0;
    }
    float[] weight = parameters.get(parameter).data();
    double value = l2 == 0 ? 0 : l2 * Kernels.get().sumOfSquares(to - from, weight, from);
    return l1 == 0 ? value : value + l1 * sumOfAbsoluteValues(from, to, weight);
  }

  private static double sumOfAbsoluteValues(int from, int to, float[] weight) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += Math.abs(weight[i]);
    }
    return sum;
  }

  private void addGradient(int parameter, int from, int to) {
    if (!parameters.get(parameter).trainable()) {
      return;
    }
    float[] weight = parameters.get(parameter).data();
    float[] gradient = parameters.get(parameter).grad();
    float once = (float) l1;
    float twice = (float) (2 * l2);
    for (int i = from; i < to; i++) {
      gradient[i] += once * Math.signum(weight[i]) + twice * weight[i];
    }
  }
}
