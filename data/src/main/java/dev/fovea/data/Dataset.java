package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.augment.Augmentation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fixed number of samples, each with its target, reached by index. All samples have one shape, all targets another.
 *
 * <p>A target is a class label, held as one float (target shape {@code []}, {@link #classNames()} says what the labels
 * mean), or values to be predicted (any shape, no class names).
 *
 * <p>An implementation needs {@link #size}, the two shapes and {@link #read}; it may be read by many threads at once. A
 * data set is never empty: it is refused where it is made.
 */
public interface Dataset {
  /** The number of samples, at least 1. */
  int size();

  /** The shape of one sample without the batch axis: {@code [C, H, W]} for pictures. */
  Shape sampleShape();

  /** The shape of one target: {@code []} for a class label, {@code [K]} for a vector of K values. */
  Shape targetShape();

  /**
   * Writes one sample into {@code x} and its target into {@code y}, each from its offset on, in row-major order.
   * Several threads may call this at once.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  void read(int index, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * Whether to read a sample is little more than to copy it. {@link Batches} reads the others ahead of time, by
   * threads of its own.
   */
  default boolean isInMemory() {
    return false;
  }

  /** The name of each class, in the order of the labels; empty where targets are no classes. */
  default List<String> classNames() {
    return List.of();
  }

  /** Whether samples count differently when they are trained on or evaluated, as {@link #weight} says. */
  default boolean isWeighted() {
    return false;
  }

  /**
   * How much a sample counts, at least 0: its loss is multiplied by that. 1 unless overridden, together with {@link
   * #isWeighted}. Several threads may call this at once.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  default float weight(int index) {
    Samples.checkIndex(index, size());
    return 1;
  }

  /**
   * What people may call a sample: the path of its file, or its number.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  default String nameOf(int index) {
    return "sample " + Samples.checkIndex(index, size());
  }

  /**
   * One sample, a tensor of its own.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  default Tensor sample(int index) {
    Tensor x = Tensor.zeros(sampleShape());
    read(index, x.data(), 0, new float[targetShape().size()], 0);
    return x;
  }

  /**
   * One target, a tensor of its own.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  default Tensor target(int index) {
    Tensor y = Tensor.zeros(targetShape());
    read(index, new float[sampleShape().size()], 0, y.data(), 0);
    return y;
  }

  /**
   * The class of one sample, an index into {@link #classNames()}.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws IllegalStateException if targets are no classes
   */
  default int label(int index) {
    if (classNames().isEmpty()) {
      throw new IllegalStateException("label: the targets of this data set are values of shape " + targetShape()
          + ", not classes; read them with target(index)");
    }
    return (int) target(index).item();
  }

  /**
   * The samples from {@code from} (inclusive) to {@code to} (exclusive), as a view.
   *
   * @throws IndexOutOfBoundsException if that reaches outside this data set
   * @throws IllegalArgumentException if that is no sample at all
   */
  default Dataset range(int from, int to) {
    if (from < 0 || to > size()) {
      throw new IndexOutOfBoundsException("range: expected a part of 0.." + size() + ", got " + from + ".." + to);
    }
    if (from >= to) {
      throw new IllegalArgumentException("range: " + from + ".." + to + " holds no samples");
    }
    return new Subset(this, IntStream.range(from, to).toArray());
  }

  /**
   * The first {@code n} samples, as a view.
   *
   * @throws IllegalArgumentException if n is below 1 or there are fewer samples than that
   */
  default Dataset take(int n) {
    if (n < 1 || n > size()) {
      throw new IllegalArgumentException("take: expected 1.." + size() + " samples, got " + n);
    }
    return range(0, n);
  }

  /**
   * The samples at these indices, in this order, as a view; an index may come several times.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws IllegalArgumentException if there are no indices
   */
  default Dataset subset(int... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("subset: a selection of no indices holds no samples");
    }
    for (int place = 0; place < indices.length; place++) {
      if (indices[place] < 0 || indices[place] >= size()) {
        throw new IndexOutOfBoundsException("subset: index " + place + " of the selection is " + indices[place]
            + ", the data set holds the samples 0.." + (size() - 1));
      }
    }
    return new Subset(this, indices.clone());
  }

  /** All samples in a random order that the seed alone decides, as a view. */
  default Dataset shuffled(long seed) {
    return new Subset(this, new RandomSource(seed).permutation(size()));
  }

  /**
   * The same samples with a distribution over the classes {@code [K]} instead of each label: 1 for its class, 0 for all
   * others. As a view; the classes keep their names. {@code Loss.categoricalCrossEntropy()} takes them.
   *
   * @throws IllegalStateException if targets are no classes
   */
  default Dataset oneHot() {
    return new OneHot(this);
  }

  /**
   * The same samples, each with a weight, whatever weights they had; as a view. In training and evaluation the loss of
   * each sample is multiplied by its weight, and the sum divided by the number of samples all the same, as in Keras: a
   * weight of 2 is like having the sample twice, 0 like having a sample without loss, and weights whose mean is 1 leave
   * the learning rate what it was. They multiply with weights of classes. Accuracy and the like count every sample as
   * one.
   *
   * @param weights the weight of each sample, at least 0
   * @throws IllegalArgumentException if there are not as many as samples, or one is below 0 or not finite
   */
  default Dataset withWeights(float... weights) {
    return new Weighted(this, weights.clone());
  }

  /**
   * The samples changed once and for all, in the way that {@link Batches#augmented} has them in epoch 0; as a view,
   * which changes them whenever they are read. For changes that are not random too, such as normalizing.
   *
   * @throws dev.fovea.core.ShapeException if the augmentation was not made for such samples
   */
  default Dataset augmented(Augmentation augmentation, long seed) {
    return new Augmenter(augmentation, this, seed).epoch(this, 0);
  }
}
