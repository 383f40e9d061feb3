package dev.fovea.examples.report;

import dev.fovea.examples.html.Html;
import dev.fovea.train.ConfusionMatrix;
import java.util.Locale;
import java.util.Map;

/** Which class was taken for which. */
final class ConfusionSection implements Section {
  private static final int MATRIX_CLASSES = 30;
  private static final int PAIRS = 20;

  @Override
  public String heading() {
    return "What was taken for what";
  }

  @Override
  public String html(Subject subject) {
    return subject.evaluation().confusion().map(matrix ->
        (matrix.classNames().size() <= MATRIX_CLASSES ? matrix(matrix) : "") + pairs(matrix)).orElse("");
  }

  @Override
  public Map<String, byte[]> pictures(Subject subject) {
    return subject.evaluation().confusion().filter(matrix -> matrix.classNames().size() <= MATRIX_CLASSES)
        .map(matrix -> Map.of("confusion", Charts.confusion(matrix))).orElse(Map.of());
  }

  /** Shaded by the share of the row; what is right in one colour, what is wrong in another. */
  private static String matrix(ConfusionMatrix matrix) {
    int classes = matrix.classNames().size();
    StringBuilder html = new StringBuilder("<p>Rows: the class it is. Columns: the class it was taken for.</p>\n"
        + "<div class=\"wide\"><table class=\"confusion\">\n<thead><tr><th></th>");
    for (String name : matrix.classNames()) {
      html.append("<th scope=\"col\">").append(Html.escaped(name)).append("</th>");
    }
    html.append("<th>recall</th></tr></thead>\n<tbody>\n");
    for (int actual = 0; actual < classes; actual++) {
      html.append("<tr><th scope=\"row\">").append(Html.escaped(matrix.classNames().get(actual))).append("</th>");
      double all = matrix.recall(actual) > 0 ? matrix.count(actual, actual) / matrix.recall(actual) : 0;
      for (int predicted = 0; predicted < classes; predicted++) {
        int count = matrix.count(actual, predicted);
        double share = count == 0 ? 0 : all == 0 ? 1 : count / all;
        html.append(cell(count, share, actual == predicted));
      }
      html.append("<td class=\"number\">").append(percent(matrix.recall(actual))).append("</td></tr>\n");
    }
    html.append("</tbody>\n<tfoot><tr><th scope=\"row\">precision</th>");
    for (int k = 0; k < classes; k++) {
      html.append("<td class=\"number\">").append(percent(matrix.precision(k))).append("</td>");
    }
    return html.append("<td></td></tr></tfoot></table></div>\n").toString();
  }

  private static String cell(int count, double share, boolean right) {
    // The root lets a share of one in a hundred still be seen.
    return count == 0 ? "<td></td>" : String.format(Locale.ROOT, "<td class=\"%s%s\" style=\"--share:%.0f%%\">%d</td>",
        right ? "right" : "wrong", share > 0.35 ? " strong" : "", 100 * Math.sqrt(share), count);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String pairs(ConfusionMatrix matrix) {
    StringBuilder html = new StringBuilder();
    for (ConfusionMatrix.Mistake mistake : matrix.mistakes(PAIRS)) {
      html.append("<tr><td>").append(Html.escaped(matrix.classNames().get(mistake.actual()))).append("</td><td>")
          .append(Html.escaped(matrix.classNames().get(mistake.predicted()))).append("</td><td class=\"number\">")
          .append(mistake.count()).append("</td></tr>\n");
    }
    return html.isEmpty() ? "" : "<details><summary>The mistakes made most often</summary><div class=\"wide\"><table>\n"
        + "<thead><tr><th>is</th><th>taken for</th><th class=\"number\">times</th></tr></thead>\n<tbody>\n" + html
        + "</tbody></table></div></details>\n";
  }
}
