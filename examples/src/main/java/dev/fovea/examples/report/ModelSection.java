package dev.fovea.examples.report;

import dev.fovea.examples.html.Html;

/** The model's layers, shapes and parameters. */
final class ModelSection implements Section {
  @Override
  public String heading() {
    return "Model";
  }

  @Override
  public String html(Subject subject) {
    return "<pre tabindex=\"0\">" + Html.escaped(subject.model().summary().stripTrailing()) + "</pre>";
  }
}
