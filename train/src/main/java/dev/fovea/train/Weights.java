package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.optim.OptimizerState;
import java.util.List;

/**
 * All parameters, running statistics among them, as they were before the last update: what training falls back on when
 * the update turns out to have ruined the model.
 *
 * <p>It watches the optimizer's step and looks for values that are no finite number while a stretch is in the cache.
 * The old weights take the place of the gradient that changed them, which nobody needs any more: a copy of its own
 * would be a fifth of what training a large dense layer takes. Parameters without a gradient, such as running
 * statistics, are copied; the room for that is taken once.
 */
final class Weights implements OptimizerState.Observer {
  private final Kernels kernels = Kernels.get();
  private final List<Parameter> parameters;
  private final float[][] copies;
  /** Where the old values of each parameter are: its gradient's array, or its copy. */
  private final float[][] old;
  private boolean kept;
  private volatile boolean ruined;

  Weights(List<Parameter> parameters) {
    this.parameters = parameters;
    this.copies = new float[parameters.size()][];
    this.old = new float[parameters.size()][];
  }

  /**
   * Takes a step, keeps the parameters as they were before it, and says whether it has left a value that is not a
   * finite number. The gradients are spent: every one is as if it had never been computed.
   */
  boolean ruinedBy(OptimizerState optimizer) {
    for (int i = 0; i < old.length; i++) {
      Parameter parameter = parameters.get(i);
      boolean updated = parameter.trainable() && parameter.hasGradient();
      if (!updated && copies[i] == null) {
        copies[i] = new float[parameter.shape().size()];
      }
      old[i] = updated ? parameter.grad() : copies[i];
    }
    kept = false;
    ruined = false;
    optimizer.step(this);
    kept = true;
    parameters.forEach(Parameter::zeroGrad);
    return ruined;
  }

  @Override
  public void before(int parameter, int from, int to) {
    float[] stretch = Scratch.floats(Scratch.Purpose.OLD_WEIGHTS, to - from);
    System.arraycopy(parameters.get(parameter).data(), from, stretch, 0, to - from);
  }

  @Override
  public void after(int parameter, int from, int to) {
    float[] stretch = Scratch.floats(Scratch.Purpose.OLD_WEIGHTS, to - from);
    System.arraycopy(stretch, 0, old[parameter], from, to - from);
    if (!kernels.finite(to - from, parameters.get(parameter).data(), from)) {
      ruined = true;
    }
  }

  /** Whether there is a copy to fall back on. */
  boolean kept() {
    return kept;
  }

  /** Says that gradients are about to be computed, where the old values are. */
  void forget() {
    kept = false;
  }

  /** Gives the parameters their old values, once. */
  void putBack() {
    for (int i = 0; i < old.length; i++) {
      parameters.get(i).set(old[i]);
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
