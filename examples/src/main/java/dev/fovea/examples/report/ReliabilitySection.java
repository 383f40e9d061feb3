package dev.fovea.examples.report;

import dev.fovea.examples.html.Html;
import dev.fovea.train.Calibration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether it is right as often as it is sure: the reliability diagram, and figures of each class. */
final class ReliabilitySection implements Section {
  private static final int BINS = 10;

  @Override
  public String heading() {
    return "How far its probabilities can be trusted";
  }

  @Override
  public String html(Subject subject) {
    if (!subject.evaluation().hasProbabilities()) {
      return "";
    }
    return String.format(Locale.ROOT, "<p>Of the pictures that it is 80 %% sure of, a model that can be trusted is"
        + " right in 80 %%. The mean distance from that, the expected calibration error, is %.4f here.</p>%n%s%n"
        + "<details><summary>Figures of each class</summary><pre tabindex=\"0\">%s</pre></details>",
        calibration(subject).error(), Pictures.chart(png(subject), Charts.WIDTH, "reliability diagram"),
        Html.escaped(subject.evaluation().report()));
  }

  @Override
  public Map<String, byte[]> pictures(Subject subject) {
    return subject.evaluation().hasProbabilities() ? Map.of("reliability", png(subject)) : Map.of();
  }

  private static Calibration calibration(Subject subject) {
    return subject.evaluation().calibration(BINS);
  }

  private static byte[] png(Subject subject) {
    List<Calibration.Bin> bins = calibration(subject).bins().stream().filter(bin -> bin.samples() > 0).toList();
    return Charts.reliability(bins.stream().map(Calibration.Bin::confidence).toList(),
        bins.stream().map(Calibration.Bin::accuracy).toList());
  }
}
