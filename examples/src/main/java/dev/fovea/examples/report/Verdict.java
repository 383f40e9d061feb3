package dev.fovea.examples.report;

import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of one sample.
 *
 * @param index which sample
 * @param actual its class
 * @param predicted the class the model takes it for
 * @param probability how sure the model is of that
 * @param ofActual the probability it gives the true class
 */
public record Verdict(int index, int actual, int predicted, double probability, double ofActual) {
  /** The verdict in row {@code index} of the probabilities {@code [N, K]}; of equal ones the first class counts. */
  public static Verdict of(int index, int actual, Tensor probabilities) {
    int classes = probabilities.shape().dim(1);
    float[] values = probabilities.data();
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = values[index * classes + k] > values[index * classes + best] ? k : best;
    }
    return new Verdict(index, actual, best, values[index * classes + best], values[index * classes + actual]);
  }

  /** Whether the model is right. */
  public boolean isRight() {
    return actual == predicted;
  }

  /** The mistakes, worst first: those whose true class was thought least likely; at most so many. */
  public static List<Verdict> mistakes(Dataset data, Tensor probabilities, int most) {
    return IntStream.range(0, data.size()).mapToObj(i -> of(i, data.label(i), probabilities))
        .filter(verdict -> !verdict.isRight())
        .sorted(Comparator.comparingDouble(Verdict::ofActual)).limit(most).toList();
  }
}
