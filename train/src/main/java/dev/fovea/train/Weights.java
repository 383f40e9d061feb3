package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.optim.OptimizerState;
import java.util.List;

/**
 * A copy of all parameters, running statistics among them, as they were before the last update: what training falls
 * back on when the update turns out to have ruined the model. The room for it is taken once.
 *
 * <p>It watches the optimizer's step, copies each stretch before it is updated and looks for values that are no finite
 * number after it, while the stretch is in the cache.
 */
final class Weights implements OptimizerState.Observer {
  private final Kernels kernels = Kernels.get();
  private final List<Parameter> parameters;
  private final float[][] copies;
  private boolean kept;
  private volatile boolean ruined;

  Weights(List<Parameter> parameters) {
    this.parameters = parameters;
    this.copies = new float[parameters.size()][];
  }

  /**
   * Copies the parameters as they are now, takes a step, and says whether it has left a value that is not a finite
   * number.
   */
  boolean ruinedBy(OptimizerState optimizer) {
    for (int i = 0; i < copies.length; i++) {
      if (copies[i] == null) {
        copies[i] = new float[parameters.get(i).shape().size()];
      }
    }
    kept = false;
    ruined = false;
    optimizer.step(this);
    kept = true;
    return ruined;
  }

  @Override
  public void before(int parameter, int from, int to) {
    System.arraycopy(parameters.get(parameter).data(), from, copies[parameter], from, to - from);
  }

  @Override
  public void after(int parameter, int from, int to) {
    if (!kernels.finite(to - from, parameters.get(parameter).data(), from)) {
      ruined = true;
    }
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
      if (!kernels.finite(parameter.shape().size(), parameter.data(), 0)) {
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
