package dev.fovea.optim;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Stretches;
import java.util.List;

/** The gradients of the trainable parameters that have one, gone over by several threads, a stretch at a time. */
final class Gradients {
  /** Elements a thread takes at a time. Sums are cut by it, so their last bits depend on it. */
  private static final int STRETCH = 1 << 13;

  private final float[][] arrays;
  private final Stretches stretches;

  private Gradients(float[][] arrays, Stretches stretches) {
    this.arrays = arrays;
    this.stretches = stretches;
  }

  static Gradients of(List<Parameter> parameters) {
    List<Parameter> counting = parameters.stream().filter(p -> p.trainable() && p.hasGradient()).toList();
    return new Gradients(counting.stream().map(Parameter::grad).toArray(float[][]::new),
        Stretches.of(STRETCH, counting.stream().mapToInt(p -> p.shape().size()).toArray()));
  }

  /** What is done with the elements {@code from} (inclusive) to {@code to} (exclusive) of one gradient. */
  @FunctionalInterface
  interface Change {
    void accept(float[] gradient, int from, int to);
  }

  void each(Change change) {
    stretches.each((i, from, to) -> change.accept(arrays[i], from, to));
  }

  /** The root of the sum of all squares, in double precision. */
  double norm() {
    Kernels kernels = Kernels.get();
    return Math.sqrt(stretches.sum((i, from, to) -> kernels.sumOfSquares(to - from, arrays[i], from)));
  }
}
