package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.kernels.Parallel;
import java.util.stream.IntStream;

/**
 * A data set cut into batches, epoch by epoch.
 *
 * <pre>{@code
 * Batches batches = Batches.of(train, 64).shuffled(7L);
 * try (BatchIterator epoch = batches.epoch(0)) {
 *   for (Batch batch : epoch) {
 *     trainer.step(batch.x(), batch.y());
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

  private Batches(Dataset dataset, int batchSize, Long seed, boolean dropsLast) {
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
  }

  /**
   * Batches in the order of the data set, the last of them shorter if need be.
   *
   * @throws IllegalArgumentException if the batch size is below 1, or a batch has more elements than fit one array
   */
  public static Batches of(Dataset dataset, int batchSize) {
    return new Batches(dataset, batchSize, null, false);
  }

  /** These, each epoch in another random order, which this seed and the epoch's number decide. */
  public Batches shuffled(long seed) {
    return new Batches(dataset, batchSize, seed, dropsLast);
  }

  /**
   * These without a last batch that is shorter than the others.
   *
   * @throws IllegalArgumentException if there are fewer samples than one batch takes
   */
  public Batches droppingLast() {
    return new Batches(dataset, batchSize, seed, true);
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
    return new BatchIterator(dataset, order(epoch), batchSize, samples(), firstBatch, Parallel.threads());
  }

  /** The samples' indices in the order of this epoch. */
  private int[] order(int epoch) {
    return seed == null
        ? IntStream.range(0, dataset.size()).toArray()
        : RandomSource.of(seed ^ ORDERS, epoch).permutation(dataset.size());
  }
}
