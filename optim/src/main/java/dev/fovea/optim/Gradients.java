package dev.fovea.optim;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Stretches;
import java.util.Arrays;
import java.util.List;

/**
 * The gradients of some parameters, gone over by several threads, a stretch at a time: of those parameters that are
 * trainable and have a gradient when it is done. Made once for a model, used at each step. Serves one
 * caller at a time.
 */
public final class Gradients {
  /** Elements a thread takes at a time. Sums are cut by it, so their last bits depend on it. */
  private static final int STRETCH = 1 << 13;

  private final Parameter[] parameters;
  private final float[][] arrays;
  private final Stretches stretches;

  private Gradients(List<Parameter> parameters) {
    this.parameters = parameters.toArray(Parameter[]::new);
    this.arrays = new float[this.parameters.length][];
    this.stretches = Stretches.of(STRETCH, parameters.stream().mapToInt(p -> p.shape().size()).toArray());
  }

  /** The gradients of these parameters. */
  public static Gradients of(List<Parameter> parameters) {
    return new Gradients(parameters);
  }

  /** What is done with the elements {@code from} (inclusive) to {@code to} (exclusive) of one gradient. */
  @FunctionalInterface
  interface Change {
    void accept(float[] gradient, int from, int to);
  }

  void each(Change change) {
    find();
    stretches.each((i, from, to) -> {
      if (arrays[i] != null) {
        change.accept(arrays[i], from, to);
      }
    });
    Arrays.fill(arrays, null);
  }

  /** The root of the sum of all squares, in double precision. */
  double norm() {
    find();
    Kernels kernels = Kernels.get();
    double squares = stretches.sum(
        (i, from, to) -> arrays[i] == null ? 0 : kernels.sumOfSquares(to - from, arrays[i], from));
    Arrays.fill(arrays, null);
    return Math.sqrt(squares);
  }

  /** Looks which parameters count now, and where their gradients are. */
  private void find() {
    for (int i = 0; i < arrays.length; i++) {
      Parameter parameter = parameters[i];
      arrays[i] = parameter.trainable() && parameter.hasGradient() ? parameter.grad() : null;
    }
  }
}
