package dev.fovea.data.augment;

import dev.fovea.core.Shape;

/** An augmentation of some of the pictures. */
record Sometimes(Augmentation augmentation, double probability) implements Augmentation {
  Sometimes {
    Settings.probability("sometimes", probability);
  }

  @Override
  public void apply(Picture picture) {
    if (picture.random().uniform() < probability) {
      augmentation.apply(picture);
    }
  }

  @Override
  public void requireFits(Shape sample) {
    augmentation.requireFits(sample);
  }

  @Override
  public String toString() {
    return augmentation + ".sometimes(" + probability + ")";
  }
}
