package dev.fovea.train;

import java.util.Locale;
import java.util.Optional;

/** How a model does on a data set. Prints as an aligned summary. */
public final class Evaluation {
  private static final int MANY_CLASSES = 5;
  private static final int CALIBRATION_BINS = 15;

  private final long samples;
  private final double loss;
  private final double accuracy;
  private final int[] ranks;
  private final ConfusionMatrix confusion;
  private final Probabilities probabilities;
  private final double seconds;

  Evaluation(long samples, double loss, double accuracy, int[] ranks, ConfusionMatrix confusion,
      Probabilities probabilities, double seconds) {
    this.samples = samples;
    this.loss = loss;
    this.accuracy = accuracy;
    this.ranks = ranks;
    this.confusion = confusion;
    this.probabilities = probabilities;
    this.seconds = seconds;
  }

  /** How many samples there were. */
  public long samples() {
    return samples;
  }

  /** The mean loss over the samples, each loss multiplied by its sample's weight where the data have such. */
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

  /**
   * The mean of -log of the probability that the right class was given, below 1e-7 taken as 1e-7. Unlike the {@link
   * #loss} it knows no label smoothing and no weights.
   *
   * @throws IllegalStateException if predictions are no choice of one class
   */
  public double logLoss() {
    return probabilities("log loss").logLoss();
  }

  /**
   * The area under the ROC curve of one class against the rest: the share of pairs of a sample of the class and another
   * in which the first was given more probability of the class; a tie counts half. NaN where all samples or none are of
   * the class.
   *
   * @throws IllegalArgumentException if there is no such class
   * @throws IllegalStateException if predictions are no choice of one class
   */
  public double rocAuc(int classIndex) {
    Probabilities all = probabilities("ROC AUC");
    if (classIndex < 0 || classIndex >= all.classes()) {
      throw new IllegalArgumentException(
          "ROC AUC: expected a class of 0.." + (all.classes() - 1) + ", got " + classIndex);
    }
    return all.rocAuc(classIndex);
  }

  /**
   * The areas of all classes, each against the rest, averaged; classes that have none are left out. The micro-average
   * is the area over all pairs of a sample and a class.
   *
   * @throws IllegalStateException if predictions are no choice of one class
   */
  public double rocAuc(Average average) {
    Probabilities all = probabilities("ROC AUC");
    if (average == Average.MICRO) {
      return all.rocAucOfAll();
    }
    double sum = 0;
    double weights = 0;
    for (int k = 0; k < all.classes(); k++) {
      double area = all.rocAuc(k);
      if (!Double.isNaN(area)) {
        double weight = average == Average.WEIGHTED ? all.support(k) : 1;
        sum += weight * area;
        weights += weight;
      }
    }
    return sum / weights;
  }

  /**
   * Whether the model is as often right as it is sure, in so many bins; 15 are usual.
   *
   * @throws IllegalArgumentException if there are fewer than 1
   * @throws IllegalStateException if predictions are no choice of one class
   */
  public Calibration calibration(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("calibration: the number of bins must be at least 1, got " + bins);
    }
    return probabilities("calibration").calibration(bins);
  }

  /**
   * Whether every probability was kept, as {@link #rocAuc}, {@link #calibration}, {@link #logLoss} and {@link #report}
   * need it: where predictions choose one class, unless samples times classes are very many.
   */
  public boolean hasProbabilities() {
    return probabilities != null;
  }

  private Probabilities probabilities(String what) {
    if (probabilities == null) {
      throw new IllegalStateException(what + (ranks.length == 0 ? ": the targets of this loss are no classes"
          : ": " + samples + " samples of " + ranks.length + " classes have more than " + Probabilities.MOST
              + " probabilities, which are not kept; evaluate fewer samples at once"));
    }
    return probabilities;
  }

  /**
   * A table with precision, recall, F1 score and ROC AUC of each class and their averages; below it what the model's
   * probabilities are worth.
   *
   * @throws IllegalStateException if predictions are no choice of one class
   */
  public String report() {
    Probabilities all = probabilities("report");
    TextTable table = new TextTable().row("", "precision", "recall", "F1", "ROC AUC", "samples");
    for (int k = 0; k < all.classes(); k++) {
      table.row(confusion.classNames().get(k), Figures.score(confusion.precision(k)),
          Figures.score(confusion.recall(k)), Figures.score(confusion.f1(k)), Figures.score(all.rocAuc(k)),
          Long.toString(all.support(k)));
    }
    for (Average average : Average.values()) {
      table.row(average.name().toLowerCase(Locale.ROOT), Figures.score(confusion.precision(average)),
          Figures.score(confusion.recall(average)), Figures.score(confusion.f1(average)),
          Figures.score(rocAuc(average)), Long.toString(samples));
    }
    return table + "\n\nlog loss " + Figures.score(logLoss()) + ", expected calibration error "
        + Figures.score(calibration(CALIBRATION_BINS).error());
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
