package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * L = the mean over all elements of -t log(p) - (1 - t) log(1 - p), for probabilities p and answers t, 0 .. 1, of one
 * shape. Always computed from what goes into the sigmoid. A model with one output may be trained on labels 0 and 1.
 *
 * @param takesLogits whether the model gives scores that sigmoid has yet to turn into probabilities
 */
public record BinaryCrossEntropy(boolean takesLogits) implements Loss {
  private static final String NAME = "binaryCrossEntropy";

  /** This loss for a model that gives scores instead of probabilities. */
  public BinaryCrossEntropy fromLogits() {
    return new BinaryCrossEntropy(true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the prediction ends in no sigmoid and {@link #fromLogits} has not been said,
   *     or both
   */
  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, Tensor weights) {
    requirePrediction(prediction);
    Tensor scores = takesLogits ? prediction : Endings.beforeSigmoid(prediction);
    Tensor answers = target.shape().equals(scores.shape()) ? target : Ops.reshape(target, scores.shape().toArray());
    return Ops.binaryCrossEntropyFromLogits(scores, answers, weights);
  }

  @Override
  public Targets targets() {
    return Targets.YES_OR_NO;
  }

  @Override
  public void requirePrediction(Tensor prediction) {
    boolean sigmoid = Endings.beforeSigmoid(prediction) != null;
    if (takesLogits && sigmoid) {
      throw new IllegalArgumentException(NAME + ".fromLogits(): expected a model that gives scores, got "
          + Endings.describe(prediction) + "; either leave out .fromLogits() on the loss, or the sigmoid at the model's"
          + " end");
    }
    if (!takesLogits && !sigmoid) {
      throw new IllegalArgumentException(NAME + ": expected a model that ends in sigmoid, got "
          + Endings.describe(prediction) + "; either call .withActivation(SIGMOID) on the last layer, or .fromLogits()"
          + " on the loss if the model is to give scores");
    }
  }

  @Override
  public void requireTarget(Shape output, Shape target) {
    boolean label = target.rank() == 0 && output.elements() == 1;
    if (!label && !target.equals(output)) {
      throw new ShapeException(
          NAME + ": expected one answer for each output, " + output + ", got targets of shape " + target);
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Loss." + NAME + "()" + (takesLogits ? ".fromLogits()" : "");
  }
}
