package dev.fovea.examples.report;

import dev.fovea.examples.html.Html;
import dev.fovea.train.Evaluation;
import java.util.Locale;

/** The figures that people ask for first. */
final class ResultSection implements Section {
  @Override
  public String heading() {
    return "Result";
  }

  @Override
  public String html(Subject subject) {
    Evaluation evaluation = subject.evaluation();
    StringBuilder html = new StringBuilder("<div class=\"figures\">\n");
    figure(html, String.format(Locale.ROOT, "%.2f %%", 100 * evaluation.accuracy()), "test accuracy");
    figure(html, String.format(Locale.ROOT, "%.4f", evaluation.loss()), "test loss");
    figure(html, String.format(Locale.ROOT, "%,d", subject.test().size()), "pictures to test");
    figure(html, String.format(Locale.ROOT, "%,d", subject.train().size()), "pictures to train with");
    figure(html, String.format(Locale.ROOT, "%,d", subject.model().parameterCount()), "parameters");
    return html.append("</div>").toString();
  }

  private static void figure(StringBuilder html, String value, String name) {
    html.append("<p><strong>").append(Html.escaped(value)).append("</strong> ").append(Html.escaped(name))
        .append("</p>\n");
  }
}
