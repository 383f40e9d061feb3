package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * L = the mean over all elements of (prediction - target)^2. A model with one output may be trained on targets that
 * are single values.
 */
public record MeanSquaredError() implements Loss {
  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, Tensor weights) {
    Tensor values =
        target.shape().equals(prediction.shape()) ? target : Ops.reshape(target, prediction.shape().toArray());
    return Ops.meanSquaredError(prediction, values, weights);
  }

  @Override
  public void requireTarget(Shape output, Shape target) {
    boolean single = target.rank() == 0 && output.elements() == 1;
    if (!single && !target.equals(output)) {
      throw new ShapeException(
          "meanSquaredError: expected one value for each output, " + output + ", got targets of shape " + target);
    }
  }

  /** The code that makes this loss. */
  @Override
  public String toString() {
    return "Loss.meanSquaredError()";
  }
}
