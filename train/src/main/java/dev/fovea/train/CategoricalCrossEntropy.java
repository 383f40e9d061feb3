package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * L = -1/N sum over n, k of t[n, k] log p[n, k], for class probabilities p {@code [N, K]}. With label smoothing s the
 * targets are t = (1 - s) label + s / K, as in PyTorch and Keras; weights of classes and of samples multiply them, and
 * the sum is divided by N all the same, as in Keras.
 *
 * @param sparse whether a label is a whole number, 0 .. K-1, rather than K values
 * @param takesLogits whether the model gives scores that softmax has yet to turn into probabilities
 * @param labelSmoothing s, at least 0 and below 1
 * @param classWeights how much each class counts, at least 0; empty for 1 each
 */
public record CategoricalCrossEntropy(boolean sparse, boolean takesLogits, double labelSmoothing,
    List<Double> classWeights) implements Loss {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the smoothing is below 0, or 1 or more, or a weight is below 0 or not finite
   */
  public CategoricalCrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          name(sparse) + ": label smoothing must be at least 0 and below 1, got " + labelSmoothing);
    }
    classWeights = List.copyOf(classWeights);
    for (int k = 0; k < classWeights.size(); k++) {
      if (!(classWeights.get(k) >= 0 && classWeights.get(k) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(name(sparse) + ": the weight of class " + k
            + " must be at least 0 and finite, got " + classWeights.get(k));
      }
    }
  }

  /** This loss for a model that gives scores instead of probabilities. */
  public CategoricalCrossEntropy fromLogits() {
    return new CategoricalCrossEntropy(sparse, true, labelSmoothing, classWeights);
  }

  /** This loss with so much of each label spread over all classes; 0.1 is usual. */
  public CategoricalCrossEntropy withLabelSmoothing(double smoothing) {
    return new CategoricalCrossEntropy(sparse, takesLogits, smoothing, classWeights);
  }

  /**
   * This loss with a weight for each class, for data in which some are rare; see {@link Loss#balancedWeights}. An
   * evaluation's loss is weighted as well.
   *
   * @throws IllegalArgumentException if one is below 0 or not finite
   */
  public CategoricalCrossEntropy withClassWeights(double... weights) {
    return new CategoricalCrossEntropy(sparse, takesLogits, labelSmoothing, Arrays.stream(weights).boxed().toList());
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, Tensor weights) {
    float[] byClass = new float[classWeights.size()];
    for (int k = 0; k < byClass.length; k++) {
      byClass[k] = classWeights.get(k).floatValue();
    }
    Tensor scores = Endings.beforeSoftmax(prediction);
    if (takesLogits) {
      requireScores(prediction);
      return Ops.crossEntropyFromLogits(prediction, target, weights, labelSmoothing, byClass);
    }
    return scores == null ? Ops.crossEntropy(prediction, target, weights, labelSmoothing, byClass)
        : Ops.crossEntropyFromLogits(scores, target, weights, labelSmoothing, byClass);
  }

  @Override
  public Targets targets() {
    return sparse ? Targets.LABELS : Targets.DISTRIBUTIONS;
  }

  @Override
  public void requirePrediction(Tensor prediction) {
    if (prediction.shape().rank() != 2) {
      throw new ShapeException(name(sparse) + ": expected a model that gives one score a class, [N, classes], got "
          + prediction.shape() + "; end it in Flatten or GlobalAveragePooling and Dense.of(classes)");
    }
    int classes = prediction.shape().dim(1);
    if (!classWeights.isEmpty() && classWeights.size() != classes) {
      throw new IllegalArgumentException(name(sparse) + ": expected a weight for each of the model's " + classes
          + " classes, got " + classWeights.size());
    }
    if (takesLogits) {
      requireScores(prediction);
    } else if (Endings.beforeSoftmax(prediction) == null) {
      throw new IllegalArgumentException(name(sparse) + ": expected a model that ends in softmax, got "
          + Endings.describe(prediction) + "; either call .withActivation(SOFTMAX) on the last layer, or .fromLogits()"
          + " on the loss if the model is to give scores");
    }
  }

  private void requireScores(Tensor prediction) {
    if (Endings.beforeSoftmax(prediction) != null) {
      throw new IllegalArgumentException(name(sparse) + ".fromLogits(): expected a model that gives scores, got "
          + Endings.describe(prediction) + "; either leave out .fromLogits() on the loss, or the softmax at the"
          + " model's end");
    }
  }

  @Override
  public void requireTarget(Shape output, Shape target) {
    Shape expected = sparse ? Shape.scalar() : output;
    if (!target.equals(expected)) {
      String cure = sparse && target.equals(output) ? "; one-hot or soft labels go with Loss.categoricalCrossEntropy()"
          : !sparse && target.rank() == 0 ? "; whole-number labels go with Loss.sparseCategoricalCrossEntropy()" : "";
      throw new ShapeException(name(sparse) + ": expected " + (sparse ? "one label a sample, []"
          : "one value a class, " + output) + ", got targets of shape " + target + cure);
    }
  }

  private static String name(boolean sparse) {
    return sparse ? "sparseCategoricalCrossEntropy" : "categoricalCrossEntropy";
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Loss." + name(sparse) + "()" + (takesLogits ? ".fromLogits()" : "")
        + (labelSmoothing == 0 ? "" : ".withLabelSmoothing(" + labelSmoothing + ")")
        + (classWeights.isEmpty() ? "" : classWeights.stream().map(weight -> Double.toString(weight))
            .collect(Collectors.joining(", ", ".withClassWeights(", ")")));
  }
}
