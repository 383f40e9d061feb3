package dev.fovea.train.trace;

import dev.fovea.core.Parameter;
import dev.fovea.core.Tensor;
import java.util.List;

/** Sets the gradients of parameters aside, for a backward pass of one's own, and brings them back. */
final class HeldGradients {
  private final List<Parameter> parameters;
  private final Tensor[] held;

  HeldGradients(List<Parameter> parameters) {
    this.parameters = parameters;
    held = new Tensor[parameters.size()];
    for (int i = 0; i < held.length; i++) {
      held[i] = parameters.get(i).gradient();
      parameters.get(i).zeroGrad();
    }
  }

  void giveBack() {
    for (int i = 0; i < held.length; i++) {
      Parameter parameter = parameters.get(i);
      parameter.zeroGrad();
      if (held[i] != null) {
        System.arraycopy(held[i].data(), 0, parameter.grad(), 0, held[i].shape().size());
      }
    }
  }
}
