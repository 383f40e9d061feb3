package dev.fovea.examples.report;

import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Model;
import dev.fovea.train.Evaluation;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report tells of.
 *
 * @param title what the data are called
 * @param model what was trained; it tells classes apart, and its output is a probability for each
 * @param loss what was made small, for the maps of gradients
 * @param train what it was trained on
 * @param test what it is judged by
 * @param history the figures of each epoch
 * @param evaluation how it does on the test data
 * @param probabilities what it says of the test data, {@code [N, K]}
 * @param facts what else is worth knowing, a name and a text each: time, memory, the command, the seed
 */
public record Subject(String title, Model model, Loss loss, Dataset train, Dataset test, History history,
    Evaluation evaluation, Tensor probabilities, Map<String, String> facts) {
  /**
   * Copies the facts, in their order.
   *
   * @throws IllegalArgumentException if the test data have no classes, or there are not as many probabilities as the
   *     test data need
   */
  public Subject {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    int classes = test.classNames().size();
    int[] shape = probabilities.shape().toArray();
    if (classes == 0) {
      throw new IllegalArgumentException("report: expected data with classes, got targets " + test.targetShape());
    }
    if (shape.length != 2 || shape[0] != test.size() || shape[1] < classes) {
      throw new IllegalArgumentException("report: expected probabilities [" + test.size() + ", " + classes
          + "], got " + probabilities.shape());
    }
  }

  /** A subject whose trainer is asked for what it says of the test data. */
  public static Subject of(String title, Trainer trainer, Dataset train, Dataset test, History history,
      Map<String, String> facts) {
    return new Subject(title, trainer.model(), trainer.loss(), train, test, history, trainer.evaluate(test),
        trainer.predict(test), facts);
  }

  /** The names of the classes. */
  List<String> classNames() {
    return test.classNames();
  }

  /** What the model says of a sample of the test data. */
  Verdict verdict(int index) {
    return Verdict.of(index, test.label(index), probabilities);
  }
}
