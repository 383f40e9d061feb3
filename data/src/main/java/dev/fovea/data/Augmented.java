package dev.fovea.data;

import dev.fovea.core.Shape;
import java.util.List;

/** The samples of a data set, augmented as in one epoch whenever they are read. */
final class Augmented implements Dataset {
  private final Dataset whole;
  private final Augmenter augmenter;
  private final long seedOfEpoch;

  Augmented(Dataset whole, Augmenter augmenter, long seedOfEpoch) {
    this.whole = whole;
    this.augmenter = augmenter;
    this.seedOfEpoch = seedOfEpoch;
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
    return whole.weight(index);
  }

  @Override
  public String nameOf(int index) {
    return whole.nameOf(index);
  }

  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    whole.read(index, x, xOffset, y, yOffset);
    augmenter.change(x, xOffset, seedOfEpoch, index);
  }

  @Override
  public int label(int index) {
    return whole.label(index);
  }
}
