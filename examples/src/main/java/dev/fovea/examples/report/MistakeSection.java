package dev.fovea.examples.report;

import dev.fovea.examples.html.Html;
import java.util.List;
import java.util.Locale;

/** The pictures whose true class the model thought least likely. */
final class MistakeSection implements Section {
  private static final int MOST = 32;

  @Override
  public String heading() {
    return "The worst mistakes";
  }

  @Override
  public String html(Subject subject) {
    List<Verdict> mistakes = Verdict.mistakes(subject.test(), subject.probabilities(), MOST);
    if (mistakes.isEmpty()) {
      return "<p>There are none: every picture of the test data is recognized.</p>";
    }
    StringBuilder html = new StringBuilder("<p>Taken for what, and what it is, with the probabilities that the model "
        + "gives each.</p>\n<div class=\"pictures\">\n");
    for (Verdict verdict : mistakes) {
      String predicted = subject.classNames().get(verdict.predicted());
      String actual = subject.classNames().get(verdict.actual());
      html.append(Pictures.figure(Pictures.sample(subject.test().sample(verdict.index())),
          "sample " + verdict.index() + ", which is " + actual,
          String.format(Locale.ROOT, "<span class=\"wrong\">%s %.4f</span><br>%s %.4f", Html.escaped(predicted),
              verdict.probability(), Html.escaped(actual), verdict.ofActual()))).append('\n');
    }
    return html.append("</div>").toString();
  }
}
