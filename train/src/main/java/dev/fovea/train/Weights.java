package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Parallel;
import java.util.List;

/**
 * A copy of all parameters, running statistics among them, as they were before the last update: what training falls
 * back on when the update turns out to have ruined the model. The room for it is taken once.
 */
final class Weights {
  /** Elements a thread looks at at a time. */
  private static final int STRETCH = 1 << 14;

  private final List<Parameter> parameters;
  private final float[][] copies;
  private boolean kept;

  Weights(List<Parameter> parameters) {
    this.parameters = parameters;
    this.copies = new float[parameters.size()][];
  }

  /** Copies the parameters as they are now. */
  void keep() {
    for (int i = 0; i < copies.length; i++) {
      Parameter parameter = parameters.get(i);
      int size = parameter.shape().size();
      if (copies[i] == null) {
        copies[i] = new float[size];
      }
      System.arraycopy(parameter.data(), 0, copies[i], 0, size);
    }
    kept = true;
  }

  /** Whether there is a copy to fall back on. */
  boolean kept() {
    return kept;
  }

  /** Gives the parameters the copied values; the copy is spent. */
  void putBack() {
    for (int i = 0; i < copies.length; i++) {
      parameters.get(i).set(copies[i]);
    }
    kept = false;
  }

  /** The first parameter that holds a value which is not a finite number; {@code null} if there is none. */
  Parameter firstNonFinite() {
    for (Parameter parameter : parameters) {
      boolean[] found = new boolean[1];
      float[] values = parameter.data();
      Parallel.ranges(parameter.shape().size(), STRETCH, (from, to) -> {
        if (indexOfNonFinite(values, from, to) >= 0) {
          found[0] = true;
        }
      });
      if (found[0]) {
        return parameter;
      }
    }
    return null;
  }

  /**
   * The first place from {@code from} (inclusive) to {@code to} (exclusive) with no finite number; -1 if there is
   * none.
   */
  static int indexOfNonFinite(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
