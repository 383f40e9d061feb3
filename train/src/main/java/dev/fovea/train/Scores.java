package dev.fovea.train;

import dev.fovea.core.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Adds up how a model does, a batch at a time. */
final class Scores {
  private static final double NANOS = 1e9;

  private final Judge judge;
  private final List<String> classNames;
  private final int[][] confusion;
  private final int[] ranks;
  /** {@code null} where predictions are no choice of one class, or nobody will ask. */
  private final Probabilities probabilities;
  private final long startedAt = System.nanoTime();
  private long samples;
  private double lossSum;
  private double hits;

  /**
   * Nothing yet; classes that have no name are called by their number.
   *
   * @param expected how many samples are to come, if the evaluation is to tell what takes all their probabilities; else
   *     0
   */
  Scores(Judge judge, List<String> names, int expected) {
    this.judge = judge;
    int classes = judge.classes();
    this.classNames = IntStream.range(0, classes)
        .mapToObj(c -> c < names.size() ? names.get(c) : Integer.toString(c)).toList();
    this.confusion = new int[classes][];
    this.ranks = new int[classes];
    this.probabilities = expected > 0 && classes > 0 && (long) expected * classes <= Probabilities.MOST
        ? new Probabilities(judge, expected) : null;
  }

  /** One more batch and its mean loss. */
  void add(Tensor prediction, Tensor target, double loss) {
    int size = prediction.shape().dim(0);
    samples += size;
    lossSum += loss * size;
    hits += judge.hits(prediction, target);
    if (probabilities != null) {
      probabilities.add(prediction, target);
    }
    for (int sample = 0; sample < size && ranks.length > 0; sample++) {
      int actual = judge.actual(target.data(), sample);
      if (confusion[actual] == null) {
        confusion[actual] = new int[ranks.length];
      }
      confusion[actual][judge.predicted(prediction.data(), sample)]++;
      ranks[judge.rank(prediction.data(), sample, actual)]++;
    }
  }

  /** What it comes to. */
  Evaluation evaluation() {
    ConfusionMatrix matrix = ranks.length == 0 ? null : new ConfusionMatrix(classNames, confusion);
    return new Evaluation(samples, lossSum / samples, hits / samples, ranks, matrix, probabilities,
        (System.nanoTime() - startedAt) / NANOS);
  }
}
