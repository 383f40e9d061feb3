package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.ShapeException;
import dev.fovea.data.augment.Mixing;
import dev.fovea.data.augment.Pair;

/** Mixes the samples of batches, epoch after epoch, with what each thread needs for that. */
final class Mixer {
  /** Keeps these random numbers apart from what else a program draws under the same seed. */
  private static final long MIXTURES = 0x6d69787475726573L;

  private final Mixing mixing;
  private final long seed;
  private final ThreadLocal<Pair> pairs;

  Mixer(Mixing mixing, Dataset dataset, long seed) {
    if (mixing == null) {
      throw new IllegalArgumentException("mixed: expected a mixing such as MixUp.of(0.2), got null");
    }
    if (dataset.targetShape().rank() != 1) {
      throw new ShapeException("mixed: expected targets that are distributions [classes], got targets of shape "
          + dataset.targetShape() + (dataset.targetShape().rank() == 0
          ? "; take data.oneHot(), which goes with Loss.categoricalCrossEntropy()" : ""));
    }
    if (dataset.isWeighted()) {
      throw new IllegalArgumentException("mixed: expected samples that count alike, got weighted ones: a mixture of two"
          + " has no weight; leave out the mixing or the weights");
    }
    mixing.requireFits(dataset.sampleShape());
    this.mixing = mixing;
    this.seed = seed;
    this.pairs = ThreadLocal.withInitial(() -> new Pair(dataset.sampleShape(), dataset.targetShape()));
  }

  /** What is done to the batches of an epoch. */
  BatchMixer epoch(int epoch) {
    return new BatchMixer(mixing, RandomSource.at(seed ^ MIXTURES, epoch), pairs);
  }
}
