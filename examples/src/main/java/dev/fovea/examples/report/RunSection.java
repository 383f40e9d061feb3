package dev.fovea.examples.report;

import dev.fovea.examples.html.Html;

/** What it took, and how to do it again. */
final class RunSection implements Section {
  @Override
  public String heading() {
    return "The run";
  }

  @Override
  public String html(Subject subject) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<tbody>\n");
    subject.facts().forEach((name, text) -> html.append("<tr><th scope=\"row\">").append(Html.escaped(name))
        .append("</th><td>").append(Html.prose(text)).append("</td></tr>\n"));
    return subject.facts().isEmpty() ? "" : html.append("</tbody></table></div>").toString();
  }
}
