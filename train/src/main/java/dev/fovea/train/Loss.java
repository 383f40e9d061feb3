package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import java.util.Arrays;
import java.util.List;

/**
 * What training makes small: one number for the predictions of a batch and their targets.
 *
 * <p>A cross-entropy takes probabilities, as in Keras; where the softmax or sigmoid that makes them comes last in the
 * model the two are computed together from what went into it, which no score is too large for. {@code fromLogits()}
 * says that the model gives scores. A model that fits neither is refused when the {@link Trainer} is made.
 *
 * <p>A loss of one's own needs {@link #apply} alone.
 */
public interface Loss {
  /**
   * The mean loss of a batch, one value; works on recorded tensors as well.
   *
   * @param prediction what the model gives, {@code [N, ...]}
   * @param target what it should give, {@code [N, ...]}
   */
  Tensor apply(Tensor prediction, Tensor target);

  /**
   * The same where each sample counts by its weight; the sum is divided by the number of samples all the same, as in
   * Keras.
   *
   * @param weights how much each sample counts, {@code [N]}, at least 0; {@code null} for 1 each
   * @throws IllegalArgumentException if there are weights, and this loss takes none
   */
  default Tensor apply(Tensor prediction, Tensor target, Tensor weights) {
    if (weights != null) {
      throw new IllegalArgumentException("loss: expected no weights of the samples, " + this + " takes none");
    }
    return apply(prediction, target);
  }

  /** What targets are, and so how accuracy is told; {@link Targets#VALUES} (there is none) unless overridden. */
  default Targets targets() {
    return Targets.VALUES;
  }

  /** Whether predictions are scores that softmax or sigmoid has yet to turn into probabilities. */
  default boolean takesLogits() {
    return false;
  }

  /**
   * Refuses a model's prediction that this loss was not made for.
   *
   * @param prediction recorded from the model, {@code [N, ...]}
   * @throws IllegalArgumentException saying what was expected and how to mend it
   */
  default void requirePrediction(Tensor prediction) {}

  /**
   * Refuses targets that do not fit the model's output.
   *
   * @param output the shape of one sample's prediction
   * @param target the shape of one sample's target
   * @throws ShapeException saying what was expected
   */
  default void requireTarget(Shape output, Shape target) {
    if (!target.equals(output)) {
      throw new ShapeException("expected targets of the model's output shape " + output + ", got " + target);
    }
  }

  /** Cross-entropy of class probabilities {@code [N, K]} and labels {@code [N]}, whole numbers 0 .. K-1. */
  static CategoricalCrossEntropy sparseCategoricalCrossEntropy() {
    return new CategoricalCrossEntropy(true, false, 0, List.of());
  }

  /** Cross-entropy of class probabilities {@code [N, K]} and one-hot or soft labels {@code [N, K]}. */
  static CategoricalCrossEntropy categoricalCrossEntropy() {
    return new CategoricalCrossEntropy(false, false, 0, List.of());
  }

  /**
   * Cross-entropy of probabilities {@code [N, K]}, each the answer to a yes-or-no question, and answers of the same
   * shape.
   */
  static BinaryCrossEntropy binaryCrossEntropy() {
    return new BinaryCrossEntropy(false);
  }

  /** The mean of all squared differences, predictions and targets of one shape. */
  static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }

  /**
   * Weights by which all classes of these data count alike, however many samples each has: N / (K n[k]), as
   * scikit-learn balances, whose mean over the samples is 1; for a class without samples 0.
   *
   * @throws IllegalArgumentException if targets are no labels of classes
   */
  static double[] balancedWeights(Dataset data) {
    int classes = data.classNames().size();
    if (classes == 0) {
      throw new IllegalArgumentException("balanced weights: expected data with classes, got targets of shape "
          + data.targetShape());
    }
    long[] counts = new long[classes];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
    }
    return Arrays.stream(counts).mapToDouble(count -> count == 0 ? 0 : (double) data.size() / (classes * count))
        .toArray();
  }
}
