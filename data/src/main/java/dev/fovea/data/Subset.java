package dev.fovea.data;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;

/** Some samples of a data set, in an order of their own. */
final class Subset implements Dataset {
  private final Dataset whole;
  private final int[] indices;

  /** A view of the samples at these indices, which the caller has checked and does not change afterwards. */
  Subset(Dataset whole, int[] indices) {
    this.whole = whole;
    this.indices = indices;
  }

  @Override
  public int size() {
    return indices.length;
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
    return whole.isWeighted();
  }

  @Override
  public float weight(int index) {
    return whole.weight(inWhole(index));
  }

  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    whole.read(inWhole(index), x, xOffset, y, yOffset);
  }

  @Override
  public String nameOf(int index) {
    return whole.nameOf(inWhole(index));
  }

  @Override
  public Tensor sample(int index) {
    return whole.sample(inWhole(index));
  }

  @Override
  public Tensor target(int index) {
    return whole.target(inWhole(index));
  }

  @Override
  public int label(int index) {
    return whole.label(inWhole(index));
  }

  private int inWhole(int index) {
    return indices[Samples.checkIndex(index, indices.length)];
  }
}
