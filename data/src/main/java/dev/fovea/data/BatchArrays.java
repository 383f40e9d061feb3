package dev.fovea.data;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;

/**
 * The arrays that batches are read into: batch number i has set i % {@link #SETS}, which is made anew only for a batch
 * of another size.
 */
final class BatchArrays {
  static final int SETS = 2;

  private final Dataset dataset;
  private final Batch[] sets = new Batch[SETS];

  BatchArrays(Dataset dataset) {
    this.dataset = dataset;
  }

  /** The batch of this number, as it is now. */
  Batch get(int number) {
    return sets[number % SETS];
  }

  /** The arrays for a batch of so many samples. */
  Batch room(int number, int size) {
    Batch batch = get(number);
    if (batch == null || batch.size() != size) {
      batch = new Batch(Tensor.zeros(dataset.sampleShape().prepend(size)),
          Tensor.zeros(dataset.targetShape().prepend(size)),
          dataset.isWeighted() ? Tensor.zeros(Shape.of(size)) : null);
      sets[number % SETS] = batch;
    }
    return batch;
  }

  /** Reads a sample of the data set, its target and its weight into a place of a batch. */
  void read(int sample, Batch batch, int place) {
    dataset.read(sample, batch.x().data(), place * dataset.sampleShape().size(), batch.y().data(),
        place * dataset.targetShape().size());
    if (batch.isWeighted()) {
      batch.weights().data()[place] = dataset.weight(sample);
    }
  }
}
