package dev.fovea.examples.cli;

import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A few pictures with what the model says of them: some it got right, and its worst mistakes. */
final class Gallery {
  private static final int EACH = 3;

  private final List<Picture> right = new ArrayList<>();
  private final List<Picture> wrong = new ArrayList<>();

  private Gallery() {}

  /**
   * Picks the pictures. Worst is the mistake in which the true class was thought least likely.
   *
   * @param probabilities what the model says, {@code [N, K]}
   */
  static Gallery of(Dataset data, Tensor probabilities, List<String> names) {
    Gallery gallery = new Gallery();
    List<Verdict> mistakes = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      Verdict verdict = Verdict.of(i, data.label(i), probabilities);
      if (verdict.predicted != verdict.actual) {
        mistakes.add(verdict);
      } else if (gallery.right.size() < EACH) {
        gallery.right.add(new Picture(data.sample(i),
            String.format(Locale.ROOT, "%s (%.4f)", names.get(verdict.predicted), verdict.probability)));
      }
    }
    mistakes.sort(Comparator.comparingDouble(Verdict::ofActual));
    for (Verdict verdict : mistakes.subList(0, Math.min(EACH, mistakes.size()))) {
      gallery.wrong.add(new Picture(data.sample(verdict.index), String.format(Locale.ROOT, "%s (%.4f), is %s",
          names.get(verdict.predicted), verdict.probability, names.get(verdict.actual))));
    }
    return gallery;
  }

  void print(Terminal terminal) {
    print("Some that are right:", right, terminal);
    print("The worst mistakes:", wrong, terminal);
  }

  private static void print(String heading, List<Picture> pictures, Terminal terminal) {
    if (!pictures.isEmpty()) {
      terminal.out().println(heading);
      Picture.row(pictures, terminal).forEach(terminal.out()::println);
      terminal.out().println();
    }
  }

  /** What the model says of one sample. */
  private record Verdict(int index, int actual, int predicted, double probability, double ofActual) {
    static Verdict of(int index, int actual, Tensor probabilities) {
      int classes = probabilities.shape().dim(1);
      float[] values = probabilities.data();
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = values[index * classes + k] > values[index * classes + best] ? k : best;
      }
      return new Verdict(index, actual, best, values[index * classes + best], values[index * classes + actual]);
    }
  }
}
