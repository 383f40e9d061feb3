package dev.fovea.data.augment;

import dev.fovea.core.Shape;

/** An augmentation with a border of its own. */
record Bordered(Augmentation augmentation, Border border) implements Augmentation {
  Bordered {
    if (border == null) {
      throw new IllegalArgumentException("augmentation: expected a border such as Border.MIRROR, got null");
    }
  }

  @Override
  public void apply(Picture picture) {
    Border outer = picture.border();
    picture.setBorder(border);
    augmentation.apply(picture);
    picture.setBorder(outer);
  }

  @Override
  public void requireFits(Shape sample) {
    augmentation.requireFits(sample);
  }

  @Override
  public String toString() {
    return augmentation + ".withBorder(Border." + border + ")";
  }
}
