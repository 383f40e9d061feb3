package dev.fovea.train;

import java.util.Optional;

/** How a model does on a data set. Prints as an aligned summary. */
public final class Evaluation {
  private static final int MANY_CLASSES = 5;

  private final long samples;
  private final double loss;
  private final double accuracy;
  private final int[] ranks;
  private final ConfusionMatrix confusion;
  private final double seconds;

  Evaluation(long samples, double loss, double accuracy, int[] ranks, ConfusionMatrix confusion, double seconds) {
    this.samples = samples;
    this.loss = loss;
    this.accuracy = accuracy;
    this.ranks = ranks;
    this.confusion = confusion;
    this.seconds = seconds;
  }

  /** How many samples there were. */
  public long samples() {
    return samples;
  }

  /** The mean loss over the samples. */
  public double loss() {
    return loss;
  }

  /** The share of right predictions; NaN where targets are no classes. */
  public double accuracy() {
    return accuracy;
  }

  /**
   * The share of samples whose class is among the k with the best scores; of equal scores the first class is better.
   *
   * @throws IllegalArgumentException if k is below 1
   * @throws IllegalStateException if predictions are no choice of one class
   */
  public double topAccuracy(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("top-k accuracy: k must be at least 1, got " + k);
    }
    if (ranks.length == 0) {
      throw new IllegalStateException("top-k accuracy: the targets of this loss are no classes");
    }
    long hits = 0;
    for (int rank = 0; rank < Math.min(k, ranks.length); rank++) {
      hits += ranks[rank];
    }
    return (double) hits / samples;
  }

  /** Which class was taken for which; empty where predictions are no choice of one class. */
  public Optional<ConfusionMatrix> confusion() {
    return Optional.ofNullable(confusion);
  }

  /** How long it took. */
  public double seconds() {
    return seconds;
  }

  /** Samples a second. */
  public double imagesPerSecond() {
    return samples / seconds;
  }

  /**
   * The figures, and the confusion matrix where there is one; times are left out, so that equal results print alike.
   */
  @Override
  public String toString() {
    TextTable table = new TextTable()
        .row("samples", Long.toString(samples))
        .row("loss", Figures.score(loss));
    if (!Double.isNaN(accuracy)) {
      table.row("accuracy", Figures.score(accuracy));
    }
    if (ranks.length > 2) {
      int k = ranks.length > MANY_CLASSES ? MANY_CLASSES : 2;
      table.row("top-" + k + " accuracy", Figures.score(topAccuracy(k)));
    }
    return confusion == null ? table.toString() : table + "\n\n" + confusion;
  }
}
