package dev.fovea.examples.cli;

import dev.fovea.train.Evaluation;
import java.util.Locale;

/** An evaluation in print: the figures, then the confusion matrix. */
final class EvaluationReport {
  private static final int TOP = 3;

  private EvaluationReport() {}

  static String of(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "loss            %.4f%naccuracy        %.4f%ntop-%d accuracy  %.4f",
        evaluation.loss(), evaluation.accuracy(), TOP, evaluation.topAccuracy(TOP)));
    evaluation.confusion().ifPresent(matrix -> text.append(System.lineSeparator().repeat(2)).append(matrix));
    return text.toString();
  }
}
