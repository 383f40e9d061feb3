package dev.fovea.train;

import dev.fovea.data.Dataset;

/**
 * Finds the sample behind a batch that held a value which is no finite number: batches are shuffled, data sets are
 * not.
 */
final class BadSamples {
  private BadSamples() {}

  /**
   * The failure, naming the first sample of these data that holds such a value; as it was if none does, or it is none
   * such.
   */
  static NonFiniteException locate(NonFiniteException failure, Dataset data) {
    int index = failure.layer().equals(NonFiniteException.INPUT) ? first(data) : -1;
    return index < 0 ? failure : new NonFiniteException(failure.step(), failure.layer(),
        failure.getMessage() + " (sample " + index + " of the data set is the first that holds such a value)");
  }

  private static int first(Dataset data) {
    float[] x = new float[data.sampleShape().size()];
    float[] y = new float[data.targetShape().size()];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, x, 0, y, 0);
      if (Weights.indexOfNonFinite(x, 0, x.length) >= 0 || Weights.indexOfNonFinite(y, 0, y.length) >= 0
          || !Float.isFinite(data.weight(i))) {
        return i;
      }
    }
    return -1;
  }
}
