package dev.fovea.examples.report;

import dev.fovea.train.History;
import java.util.LinkedHashMap;
import java.util.Map;

/** How training went: loss, accuracy and learning rate by epoch. */
final class CurveSection implements Section {
  @Override
  public String heading() {
    return "How training went";
  }

  @Override
  public String html(Subject subject) {
    StringBuilder html = new StringBuilder();
    pictures(subject).forEach((name, png) -> html.append(Pictures.chart(png, Charts.WIDTH, name + " by epoch")));
    return html.isEmpty() ? "" : "<div class=\"charts\">" + html + "</div>";
  }

  @Override
  public Map<String, byte[]> pictures(Subject subject) {
    History history = subject.history();
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    if (!history.epochs().isEmpty()) {
      pictures.put("loss", Charts.loss(history));
      if (history.epochs().stream().anyMatch(epoch -> Double.isFinite(epoch.accuracy()))) {
        pictures.put("accuracy", Charts.accuracy(history));
      }
      pictures.put("rate", Charts.rate(history));
    }
    return pictures;
  }
}
