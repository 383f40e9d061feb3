package dev.fovea.examples.cli;

import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.examples.report.Verdict;
import java.util.ArrayList;
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
    for (int i = 0; i < data.size() && gallery.right.size() < EACH; i++) {
      Verdict verdict = Verdict.of(i, data.label(i), probabilities);
      if (verdict.isRight()) {
        gallery.right.add(new Picture(data.sample(i),
            String.format(Locale.ROOT, "%s (%.4f)", names.get(verdict.predicted()), verdict.probability())));
      }
    }
    for (Verdict verdict : Verdict.mistakes(data, probabilities, EACH)) {
      gallery.wrong.add(new Picture(data.sample(verdict.index()), String.format(Locale.ROOT, "%s (%.4f), is %s",
          names.get(verdict.predicted()), verdict.probability(), names.get(verdict.actual()))));
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
}
