package dev.fovea.data;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;

/** The samples of a data set, each with a weight. */
final class Weighted implements Dataset {
  private final Dataset whole;
  private final float[] weights;

  /** Weights that nobody changes afterwards. */
  Weighted(Dataset whole, float... weights) {
    if (weights.length != whole.size()) {
      throw new IllegalArgumentException("weights: expected as many as there are samples, got " + whole.size()
          + " samples and " + weights.length + " weights");
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights: the weight of sample " + i + " must be at least 0 and finite, got " + weights[i]);
      }
    }
    this.whole = whole;
    this.weights = weights;
  }

  @Override
  public int size() {
    return weights.length;
  }

  @Override
  public Shape sampleShape() {
    return whole.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return whole.targetShape();
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public boolean isInMemory() {
    return whole.isInMemory();
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public float weight(int index) {
    return weights[Samples.checkIndex(index, weights.length)];
  }

  @Override
  public String nameOf(int index) {
    return whole.nameOf(index);
  }

  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    whole.read(index, x, xOffset, y, yOffset);
  }

  @Override
  public Tensor sample(int index) {
    return whole.sample(index);
  }

  @Override
  public Tensor target(int index) {
    return whole.target(index);
  }

  @Override
  public int label(int index) {
    return whole.label(index);
  }
}
