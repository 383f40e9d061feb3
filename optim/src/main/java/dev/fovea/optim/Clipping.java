package dev.fovea.optim;

import dev.fovea.core.Parameter;
import java.util.List;

/**
 * A limit on gradients, applied between the backward pass and the optimizer's step. It concerns the trainable
 * parameters that have a gradient; the gradients themselves are changed.
 */
public sealed interface Clipping {
  /**
   * Clips the gradients in place.
   *
   * @return the global norm before clipping: the root of the sum of all squared gradients, summed in double precision
   *     in an order that does not depend on the number of threads. If it is not finite nothing has been changed.
   */
  double apply(Gradients gradients);

  /** The same for the gradients of these parameters, for those who clip once. */
  default double apply(List<Parameter> parameters) {
    return apply(Gradients.of(parameters));
  }

  /** All gradients are scaled by one factor such that their global norm is at most this. */
  static ByGlobalNorm byGlobalNorm(double max) {
    return new ByGlobalNorm(max);
  }

  /** Each element is brought into [-limit, limit]. */
  static ByValue byValue(double limit) {
    return new ByValue(limit);
  }

  /**
   * g = g * min(1, max / (norm + 1e-6)), as PyTorch does it: the direction stays (Pascanu, Mikolov and Bengio, "On the
   * difficulty of training recurrent neural networks", ICML 2013).
   *
   * @param max the largest norm, above 0
   */
  record ByGlobalNorm(double max) implements Clipping {
    /** What keeps the quotient finite. */
    private static final double EPSILON = 1e-6;

    /** These settings, checked. */
    public ByGlobalNorm {
      Settings.aboveZero("clipping by global norm", "max", max);
    }

    @Override
    public double apply(Gradients gradients) {
      double norm = gradients.norm();
      double factor = max / (norm + EPSILON);
      if (Double.isFinite(norm) && factor < 1) {
        float f = (float) factor;
        gradients.each((gradient, from, to) -> {
          for (int i = from; i < to; i++) {
            gradient[i] *= f;
          }
        });
      }
      return norm;
    }

    @Override
    public String toString() {
      return "Clipping.byGlobalNorm(" + max + ")";
    }
  }

  /**
   * g = min(max(g, -limit), limit).
   *
   * @param limit the largest absolute value, above 0
   */
  record ByValue(double limit) implements Clipping {
    /** These settings, checked. */
    public ByValue {
      Settings.aboveZero("clipping by value", "limit", limit);
    }

    @Override
    public double apply(Gradients gradients) {
      double norm = gradients.norm();
      if (Double.isFinite(norm)) {
        float high = (float) limit;
        float low = -high;
        gradients.each((gradient, from, to) -> {
          for (int i = from; i < to; i++) {
            gradient[i] = Math.min(Math.max(gradient[i], low), high);
          }
        });
      }
      return norm;
    }

    @Override
    public String toString() {
      return "Clipping.byValue(" + limit + ")";
    }
  }
}
