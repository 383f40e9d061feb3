package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.Picture;

/** Augments the samples of one data set, epoch after epoch, with working arrays for each thread that does so. */
final class Augmenter {
  /** Keeps these random numbers apart from what else a program draws under the same seed. */
  private static final long AUGMENTATIONS = 0x6175676d656e74L;

  private final Augmentation augmentation;
  private final long seed;
  private final ThreadLocal<Picture> pictures;

  Augmenter(Augmentation augmentation, Dataset dataset, long seed) {
    if (augmentation == null) {
      throw new IllegalArgumentException("augmented: expected an augmentation such as Shift.of(2), got null");
    }
    augmentation.requireFits(dataset.sampleShape());
    this.augmentation = augmentation;
    this.seed = seed;
    this.pictures = ThreadLocal.withInitial(() -> new Picture(dataset.sampleShape()));
  }

  /** The samples as they are in an epoch. */
  Dataset epoch(Dataset dataset, int epoch) {
    return new Augmented(dataset, this, RandomSource.at(seed ^ AUGMENTATIONS, epoch));
  }

  /** Augments one sample in place. */
  void change(float[] x, int offset, long seedOfEpoch, int index) {
    pictures.get().change(augmentation, x, offset, seedOfEpoch, index);
  }
}
