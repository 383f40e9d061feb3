package dev.fovea.examples.cli;

import dev.fovea.core.Shape;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.Brightness;
import dev.fovea.data.augment.Contrast;
import dev.fovea.data.augment.Flip;
import dev.fovea.data.augment.Rotate;
import dev.fovea.data.augment.Scale;
import dev.fovea.data.augment.Shift;
import dev.fovea.examples.run.DataChoice;
import java.util.List;
import java.util.Locale;

/** The changes of training pictures one may choose from on the command line. */
enum AugmentChoice {
  /** Pictures stay as they are. */
  NONE {
    @Override
    Augmentation of(Shape sample) {
      return Augmentation.of();
    }
  },
  /** For writing, which must not be mirrored: turned, scaled and shifted a little. */
  DIGITS {
    @Override
    Augmentation of(Shape sample) {
      return Augmentation.of(Rotate.of(10), Scale.of(0.1), Shift.of(shortSide(sample) / FOURTEENTH));
    }
  },
  /** For photographs: mirrored, turned, scaled and shifted, lighter or darker, with more or less contrast. */
  PHOTOS {
    @Override
    Augmentation of(Shape sample) {
      return Augmentation.of(Flip.horizontally(), Rotate.of(10), Scale.of(0.1), Shift.of(shortSide(sample) / TENTH),
          Brightness.of(0.1), Contrast.of(0.2));
    }
  };

  private static final double TENTH = 10;
  private static final double FOURTEENTH = 14;
  private static final List<String> WRITING = List.of("digits", "mnist", "kmnist");

  abstract Augmentation of(Shape sample);

  private static double shortSide(Shape sample) {
    return Math.min(sample.dim(1), sample.dim(2));
  }

  /** What is usual for the data of this name. */
  static AugmentChoice usualFor(DataChoice data) {
    return WRITING.contains(data.name()) ? DIGITS : PHOTOS;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
