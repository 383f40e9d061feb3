package dev.fovea.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * How often each class was taken for which: row = the actual class, column = the predicted one, as in scikit-learn.
 * What is right stands on the diagonal.
 */
public final class ConfusionMatrix {
  /** Wider than that no terminal shows it; the pairs most often mistaken say more then. */
  private static final int PRINTED_CLASSES = 25;
  private static final int PRINTED_PAIRS = 10;

  private final List<String> classNames;
  private final int[][] counts;

  /** Rows of classes that were never seen may be {@code null}. */
  ConfusionMatrix(List<String> classNames, int[][] counts) {
    this.classNames = List.copyOf(classNames);
    this.counts = counts;
  }

  /**
   * The matrix of these pairs.
   *
   * @param classNames the name of each class
   * @param actual the class of each sample, an index into the names
   * @param predicted the class each sample was taken for
   * @throws IllegalArgumentException if there are not as many of the one as of the other, or one is no class
   */
  public static ConfusionMatrix of(List<String> classNames, int[] actual, int[] predicted) {
    if (actual.length != predicted.length) {
      throw new IllegalArgumentException("confusion matrix: expected as many predictions as samples, got "
          + actual.length + " samples and " + predicted.length + " predictions");
    }
    int classes = classNames.size();
    int[][] counts = new int[classes][];
    for (int i = 0; i < actual.length; i++) {
      int row = checkClass("actual", i, actual[i], classes);
      int column = checkClass("predicted", i, predicted[i], classes);
      if (counts[row] == null) {
        counts[row] = new int[classes];
      }
      counts[row][column]++;
    }
    return new ConfusionMatrix(classNames, counts);
  }

  private static int checkClass(String which, int sample, int index, int classes) {
    if (index < 0 || index >= classes) {
      throw new IllegalArgumentException("confusion matrix: the " + which + " class of sample " + sample
          + ": expected 0.." + (classes - 1) + " (" + classes + " classes), got " + index);
    }
    return index;
  }

  /** The name of each class. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * How many samples of the one class were taken for the other.
   *
   * @throws IllegalArgumentException if one is no class
   */
  public int count(int actual, int predicted) {
    int[] row = counts[checkClass(actual)];
    return row == null ? 0 : row[checkClass(predicted)];
  }

  private int checkClass(int index) {
    if (index < 0 || index >= counts.length) {
      throw new IllegalArgumentException(
          "confusion matrix: expected a class of 0.." + (counts.length - 1) + ", got " + index);
    }
    return index;
  }

  /** How many samples there are. */
  public long total() {
    long total = 0;
    for (int c = 0; c < counts.length; c++) {
      total += ofClass(c);
    }
    return total;
  }

  /** How many samples were taken for what they are. */
  public long correct() {
    long correct = 0;
    for (int c = 0; c < counts.length; c++) {
      correct += count(c, c);
    }
    return correct;
  }

  /** The share of samples that were taken for what they are; NaN if there are none. */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** Of the samples of this class, the share that was recognized; NaN if there are none. */
  public double recall(int actual) {
    return (double) count(actual, actual) / ofClass(actual);
  }

  /** Of the samples taken for this class, the share that belongs to it; NaN if there are none. */
  public double precision(int predicted) {
    return (double) count(predicted, predicted) / takenFor(predicted);
  }

  /**
   * The F1 score of a class, the harmonic mean of precision and recall: twice the right ones over its samples and those
   * taken for it; NaN if there are none of both.
   */
  public double f1(int index) {
    return 2.0 * count(index, index) / (ofClass(index) + takenFor(index));
  }

  /** The precision of all classes, averaged; that of a class which nothing was taken for counts as 0. */
  public double precision(Average average) {
    return average(average, this::precision);
  }

  /** The recall of all classes, averaged; that of a class without samples counts as 0. */
  public double recall(Average average) {
    return average(average, this::recall);
  }

  /** The F1 score of all classes, averaged; as in scikit-learn the mean of the scores, not the score of the means. */
  public double f1(Average average) {
    return average(average, this::f1);
  }

  /** Where each sample has one class, its mistakes are one class's and miss another's: micro-averages are accuracy. */
  private double average(Average average, IntToDoubleFunction figure) {
    if (average == Average.MICRO) {
      return accuracy();
    }
    double sum = 0;
    double weights = 0;
    for (int c = 0; c < counts.length; c++) {
      double weight = average == Average.WEIGHTED ? ofClass(c) : ofClass(c) + takenFor(c) > 0 ? 1 : 0;
      double value = figure.applyAsDouble(c);
      sum += Double.isNaN(value) ? 0 : weight * value;
      weights += weight;
    }
    return sum / weights;
  }

  private long takenFor(int predicted) {
    long taken = 0;
    for (int c = 0; c < counts.length; c++) {
      taken += count(c, predicted);
    }
    return taken;
  }

  private long ofClass(int actual) {
    long sum = 0;
    if (counts[checkClass(actual)] != null) {
      for (int count : counts[actual]) {
        sum += count;
      }
    }
    return sum;
  }

  /**
   * The mistakes made most often, most frequent first, at most so many; equally frequent ones in the order of the
   * classes.
   */
  public List<Mistake> mistakes(int most) {
    List<Mistake> mistakes = new ArrayList<>();
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        if (actual != predicted && count(actual, predicted) > 0) {
          mistakes.add(new Mistake(actual, predicted, count(actual, predicted)));
        }
      }
    }
    mistakes.sort(Comparator.comparingInt(Mistake::count).reversed());
    return List.copyOf(mistakes.subList(0, Math.min(most, mistakes.size())));
  }

  /**
   * One class taken for another.
   *
   * @param actual the class
   * @param predicted what it was taken for
   * @param count how often
   */
  public record Mistake(int actual, int predicted, int count) {}

  /**
   * The counts with recall and precision in per cent, in aligned columns; of more than 25 classes only the mistakes
   * made most often. Ten classes fit a line of 80 characters.
   */
  @Override
  public String toString() {
    return classNames.size() > PRINTED_CLASSES ? printMistakes() : printAll();
  }

  private String printAll() {
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of(""));
    head.addAll(classNames);
    head.add("recall%");
    table.row(head);
    List<String> foot = new ArrayList<>(List.of("precision%"));
    for (int actual = 0; actual < counts.length; actual++) {
      List<String> cells = new ArrayList<>(List.of(classNames.get(actual)));
      for (int predicted = 0; predicted < counts.length; predicted++) {
        cells.add(Integer.toString(count(actual, predicted)));
      }
      cells.add(Figures.percent(recall(actual)));
      table.row(cells);
      foot.add(Figures.percent(precision(actual)));
    }
    return "rows: actual class, columns: predicted class\n" + table.row(foot);
  }

  private String printMistakes() {
    TextTable table = new TextTable().row("actual", "taken for", "times");
    for (Mistake mistake : mistakes(PRINTED_PAIRS)) {
      table.row(classNames.get(mistake.actual), classNames.get(mistake.predicted), Integer.toString(mistake.count));
    }
    return table.toString();
  }
}
