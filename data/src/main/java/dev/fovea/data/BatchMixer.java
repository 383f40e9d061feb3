package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.augment.Mixing;
import dev.fovea.data.augment.Pair;

/** Mixes the samples of the batches of one epoch: the first with the last, the second with the last but one. */
record BatchMixer(Mixing mixing, long seedOfEpoch, ThreadLocal<Pair> pairs) {
  /** Elements of samples that a thread mixes at a time. */
  private static final int STRETCH = 1 << 14;

  void mix(Batch batch, int number) {
    int size = batch.size();
    int length = Math.max(1, STRETCH / (batch.x().shape().size() / size));
    long seed = RandomSource.at(seedOfEpoch, number);
    Parallel.ranges(size / 2, length, (from, to) -> {
      Pair pair = pairs.get();
      for (int i = from; i < to; i++) {
        pair.mix(mixing, batch.x().data(), batch.y().data(), i, size - 1 - i, seed, i);
      }
    });
  }
}
