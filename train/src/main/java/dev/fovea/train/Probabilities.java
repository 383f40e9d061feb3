package dev.fovea.train;

import dev.fovea.core.Tensor;
import java.util.Arrays;

/** What a model gave each class of each sample, as probabilities, and what was right. */
final class Probabilities {
  /** Smaller probabilities count as this in the log loss, as in Keras. */
  private static final double LEAST = 1e-7;
  /** As many are kept at most: half a gigabyte. */
  static final int MOST = 1 << 27;

  private final Judge judge;
  private final int classes;
  private final float[] values;
  private final int[] actual;
  private int samples;

  /** Room for so many samples. */
  Probabilities(Judge judge, int room) {
    this.judge = judge;
    this.classes = judge.classes();
    this.values = new float[room * classes];
    this.actual = new int[room];
  }

  /** One more batch. */
  void add(Tensor prediction, Tensor target) {
    int size = prediction.shape().dim(0);
    for (int i = 0; i < size; i++) {
      judge.probabilities(prediction.data(), i, values, (samples + i) * classes);
      actual[samples + i] = judge.actual(target.data(), i);
    }
    samples += size;
  }

  int classes() {
    return classes;
  }

  /** The mean of -log of the probability of the right class. */
  double logLoss() {
    double sum = 0;
    for (int i = 0; i < samples; i++) {
      sum -= StrictMath.log(Math.max(values[i * classes + actual[i]], LEAST));
    }
    return sum / samples;
  }

  Calibration calibration(int bins) {
    float[] confidences = new float[samples];
    boolean[] right = new boolean[samples];
    for (int i = 0; i < samples; i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = values[i * classes + k] > values[i * classes + best] ? k : best;
      }
      confidences[i] = values[i * classes + best];
      right[i] = best == actual[i];
    }
    return Calibration.of(bins, confidences, right);
  }

  /** How many samples belong to a class. */
  long support(int positive) {
    long count = 0;
    for (int i = 0; i < samples; i++) {
      count += actual[i] == positive ? 1 : 0;
    }
    return count;
  }

  /** The area under the curve of one class against the rest; NaN if there are no samples of either. */
  double rocAuc(int positive) {
    long[] keys = new long[samples];
    for (int i = 0; i < samples; i++) {
      keys[i] = key(values[i * classes + positive], actual[i] == positive);
    }
    return area(keys);
  }

  /** The same over all pairs of a sample and a class, each right or wrong. */
  double rocAucOfAll() {
    long[] keys = new long[samples * classes];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(values[i], actual[i / classes] == i % classes);
    }
    return area(keys);
  }

  /** Sorts by the probability, whose bits are in order since it is at least 0; the lowest bit says what is right. */
  private static long key(float probability, boolean positive) {
    return (long) Float.floatToIntBits(Math.max(0f, probability)) << 1 | (positive ? 1 : 0);
  }

  /**
   * The share of pairs of a positive and a negative in which the positive has more; a tie counts half (Mann and
   * Whitney's U).
   */
  private static double area(long[] keys) {
    Arrays.sort(keys);
    double wins = 0;
    long positives = 0;
    long negatives = 0;
    for (int i = 0; i < keys.length;) {
      long positivesHere = 0;
      long negativesHere = 0;
      long probability = keys[i] >> 1;
      for (; i < keys.length && keys[i] >> 1 == probability; i++) {
        positivesHere += keys[i] & 1;
        negativesHere += 1 - (keys[i] & 1);
      }
      wins += positivesHere * (negatives + negativesHere / 2.0);
      positives += positivesHere;
      negatives += negativesHere;
    }
    return wins / ((double) positives * negatives);
  }
}
