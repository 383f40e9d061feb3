package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.ShapeException;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.Mixing;
import java.util.stream.IntStream;

/**
 * A data set cut into batches, epoch by epoch.
 *
 * <pre>{@code
 * Batches batches = Batches.of(train, 64).shuffled(7L);
 * try (BatchIterator epoch = batches.epoch(0)) {
 *   for (Batch batch : epoch) {
 *     trainer.step(batch, 7L);
 *   }
 * }
 * }</pre>
 *
 * <p>The order of an epoch is a pure function of the seed and the epoch's number, so training that is taken up again in
 * epoch 5 sees what it would have seen. Without a seed the samples come in the order of the data set. The last batch is
 * shorter where the batch size does not divide the number of samples, unless it is dropped.
 *
 * <p>These are settings and do not change; the withers return new ones.
 */
public final class Batches {
  /** Keeps the orders apart from what else a program draws under the same seed. */
  private static final long ORDERS = 0x6f7264657273L;

  private final Dataset dataset;
  private final int batchSize;
  private final Long seed;
  private final boolean dropsLast;
  /** {@code null} if samples stay as they are. */
  private final Augmenter augmenter;
  /** {@code null} if samples are not mixed. */
  private final Mixer mixer;

  private Batches(Dataset dataset, int batchSize, Long seed, boolean dropsLast, Augmenter augmenter, Mixer mixer) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batches: the batch size must be at least 1, got " + batchSize);
    }
    if (dataset.size() < 1) {
      throw new IllegalArgumentException("batches: expected at least one sample, got " + dataset.size());
    }
    // Checks that a batch fits one array before anyone waits for it.
    int largest = Math.min(batchSize, dataset.size());
    dataset.sampleShape().prepend(largest).size();
    dataset.targetShape().prepend(largest).size();
    if (dropsLast && dataset.size() < batchSize) {
      throw new IllegalArgumentException("batches: dropping the last batch of " + dataset.size()
          + " samples leaves none at batch size " + batchSize + "; take a batch size of at most " + dataset.size()
          + ", or keep the last batch");
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.seed = seed;
    this.dropsLast = dropsLast;
    this.augmenter = augmenter;
    this.mixer = mixer;
  }

  /**
   * Batches in the order of the data set, the last of them shorter if need be.
   *
   * @throws IllegalArgumentException if the batch size is below 1, or a batch has more elements than fit one array
   */
  public static Batches of(Dataset dataset, int batchSize) {
    return new Batches(dataset, batchSize, null, false, null, null);
  }

  /** These, each epoch in another random order, which this seed and the epoch's number decide. */
  public Batches shuffled(long seed) {
    return new Batches(dataset, batchSize, seed, dropsLast, augmenter, mixer);
  }

  /**
   * These without a last batch that is shorter than the others.
   *
   * @throws IllegalArgumentException if there are fewer samples than one batch takes
   */
  public Batches droppingLast() {
    return new Batches(dataset, batchSize, seed, true, augmenter, mixer);
  }

  /**
   * These with samples that are changed at random, in each epoch in another way. What is done to a sample is a pure
   * function of this seed, the epoch's number and the sample's index in the data set, whatever the order and the size
   * of the batches. It is done where samples are read, by several threads.
   *
   * @throws ShapeException if the augmentation was not made for such samples
   */
  public Batches augmented(Augmentation augmentation, long seed) {
    return new Batches(dataset, batchSize, this.seed, dropsLast, new Augmenter(augmentation, dataset, seed), mixer);
  }

  /**
   * These with samples that are mixed with each other, and their targets with them, after everything else. What is done
   * to a pair is a pure function of this seed, the epoch's number, the batch's number and the pair's place in it.
   *
   * @throws ShapeException if the mixing was not made for such samples, or targets are no distributions {@code [K]}
   * @throws IllegalArgumentException if samples have weights: a mixture of two has none
   */
  public Batches mixed(Mixing mixing, long seed) {
    return new Batches(dataset, batchSize, this.seed, dropsLast, augmenter, new Mixer(mixing, dataset, seed));
  }

  /** What the batches are cut from. */
  public Dataset dataset() {
    return dataset;
  }

  /** The number of samples in every batch but perhaps the last. */
  public int batchSize() {
    return batchSize;
  }

  /** The number of batches an epoch. */
  public int count() {
    int whole = dataset.size() / batchSize;
    return dropsLast || dataset.size() % batchSize == 0 ? whole : whole + 1;
  }

  /** The number of samples an epoch: all, or as many as whole batches hold. */
  public int samples() {
    return dropsLast ? count() * batchSize : dataset.size();
  }

  /**
   * The batches of one epoch. Unless the data set is in memory, as many threads as compute begin to read them at
   * once and end when all are read or the iterator is closed.
   *
   * @param epoch the number of the epoch, from 0
   * @throws IllegalArgumentException if that is below 0
   */
  public BatchIterator epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * The same from a batch on: the rest of an epoch that was interrupted. Nothing before it is read.
   *
   * @param epoch the number of the epoch, from 0
   * @param firstBatch the number of the first batch, from 0; {@link #count()} for none at all
   * @throws IllegalArgumentException if there is no such epoch or batch
   */
  public BatchIterator epoch(int epoch, int firstBatch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("batches: the number of an epoch must be at least 0, got " + epoch);
    }
    if (firstBatch < 0 || firstBatch > count()) {
      throw new IllegalArgumentException(
          "batches: the first batch must be one of 0.." + count() + ", got " + firstBatch);
    }
    Dataset read = augmenter == null ? dataset : augmenter.epoch(dataset, epoch);
    BatchMixer mixed = mixer == null ? null : mixer.epoch(epoch);
    return new BatchIterator(read, order(epoch), batchSize, samples(), firstBatch, Parallel.threads(), mixed);
  }

  /** The samples' indices in the order of this epoch. */
  private int[] order(int epoch) {
    return seed == null
        ? IntStream.range(0, dataset.size()).toArray()
        : RandomSource.of(seed ^ ORDERS, epoch).permutation(dataset.size());
  }
}
