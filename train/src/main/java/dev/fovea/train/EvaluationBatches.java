package dev.fovea.train;

import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import java.util.function.BiConsumer;

/** The batches in which a data set is evaluated: in its own order, as large as is of use. */
final class EvaluationBatches {
  private static final int MOST_SAMPLES = 256;
  /** Input values in a batch: pictures so large that 256 of them have more go in smaller batches. */
  private static final long MOST_VALUES = 1 << 22;

  private EvaluationBatches() {}

  /** How many samples a batch has unless the user wants something else. */
  static int size(Dataset data) {
    return (int) Math.max(1, Math.min(MOST_SAMPLES, MOST_VALUES / data.sampleShape().elements()));
  }

  /** Calls with each batch in order and the index of its first sample. */
  static void each(Dataset data, int batchSize, BiConsumer<Batch, Integer> body) {
    int first = 0;
    try (BatchIterator batches = Batches.of(data, batchSize).epoch(0)) {
      for (Batch batch : batches) {
        body.accept(batch, first);
        first += batch.size();
      }
    }
  }
}
