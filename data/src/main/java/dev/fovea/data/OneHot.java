package dev.fovea.data;

import dev.fovea.core.Shape;
import java.util.Arrays;
import java.util.List;

/** The samples of a data set, with distributions over the classes in place of labels. */
final class OneHot implements Dataset {
  private final Dataset whole;
  private final int classes;

  OneHot(Dataset whole) {
    if (whole.classNames().isEmpty() || whole.targetShape().rank() != 0) {
      throw new IllegalStateException("one-hot: expected a class label a sample, got targets of shape "
          + whole.targetShape() + (whole.classNames().isEmpty() ? " and no class names" : ""));
    }
    this.whole = whole;
    this.classes = whole.classNames().size();
  }

  @Override
  public int size() {
    return whole.size();
  }

  @Override
  public Shape sampleShape() {
    return whole.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return Shape.of(classes);
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
    return whole.isWeighted();
  }

  @Override
  public float weight(int index) {
    return whole.weight(index);
  }

  @Override
  public String nameOf(int index) {
    return whole.nameOf(index);
  }

  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    // The label lies for a moment where the first class belongs: there is room for it, and no array is made.
    whole.read(index, x, xOffset, y, yOffset);
    int label = (int) y[yOffset];
    Arrays.fill(y, yOffset, yOffset + classes, 0);
    y[yOffset + label] = 1;
  }

  @Override
  public int label(int index) {
    return whole.label(index);
  }
}
