package dev.fovea.optim;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Parallel;
import java.util.List;

/** Walks over the gradients of the trainable parameters that have one, a stretch at a time, on several threads. */
final class Gradients {
  /** Elements a thread takes at a time. Sums are cut by it, so their last bits depend on it. */
  private static final int STRETCH = 1 << 14;

  private Gradients() {}

  /** What is done with the elements {@code from} (inclusive) to {@code to} (exclusive) of one gradient. */
  @FunctionalInterface
  interface Stretch {
    void accept(float[] gradient, int from, int to);
  }

  static void each(List<Parameter> parameters, Stretch stretch) {
    for (Parameter parameter : parameters) {
      if (counts(parameter)) {
        float[] gradient = parameter.grad();
        Parallel.ranges(parameter.shape().size(), STRETCH, (from, to) -> stretch.accept(gradient, from, to));
      }
    }
  }

  /** The root of the sum of all squares: of each stretch by itself, then of the stretches in order. */
  static double norm(List<Parameter> parameters) {
    double sum = 0;
    for (Parameter parameter : parameters) {
      if (counts(parameter)) {
        float[] gradient = parameter.grad();
        int size = parameter.shape().size();
        double[] partial = new double[(size - 1) / STRETCH + 1];
        Parallel.ranges(size, STRETCH, (from, to) -> partial[from / STRETCH] = sumOfSquares(gradient, from, to));
        for (double part : partial) {
          sum += part;
        }
      }
    }
    return Math.sqrt(sum);
  }

  private static boolean counts(Parameter parameter) {
    return parameter.trainable() && parameter.hasGradient();
  }

  /** In four sums side by side, which do not wait for each other. */
  private static double sumOfSquares(float[] x, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      a += (double) x[i] * x[i];
      b += (double) x[i + 1] * x[i + 1];
      c += (double) x[i + 2] * x[i + 2];
      d += (double) x[i + 3] * x[i + 3];
    }
    for (; i < to; i++) {
      a += (double) x[i] * x[i];
    }
    return (a + b) + (c + d);
  }
}
