package dev.fovea.examples.report;

import dev.fovea.core.io.AtomicFile;
import dev.fovea.examples.html.Html;
import dev.fovea.examples.html.HtmlPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a training run was and gave: the data, the model, how training went, what the model gets wrong and what it looks
 * at. One HTML file that needs nothing but itself, and its charts as PNG files.
 */
public final class Report {
  private static final List<Section> SECTIONS = List.of(new ResultSection(), new CurveSection(), new ConfusionSection(),
      new MistakeSection(), new ReliabilitySection(), new InsideSection(), new DataSection(), new ModelSection(),
      new RunSection());

  private Report() {}

  /** The page. */
  public static String html(Subject subject) {
    StringBuilder body = new StringBuilder();
    for (Section section : SECTIONS) {
      String html = section.html(subject);
      if (!html.isEmpty()) {
        body.append("<section>\n<h2>").append(Html.escaped(section.heading())).append("</h2>\n").append(html)
            .append("\n</section>\n");
      }
    }
    return HtmlPage.of(subject.title(), HtmlPage.resource(Report.class, "report.css"), body.toString());
  }

  /**
   * Writes the page, and the charts as PNG files into a folder.
   *
   * @return the files, the page first
   * @throws IOException if one cannot be written; each is replaced at once or not at all
   */
  public static List<Path> write(Subject subject, Path page, Path charts) throws IOException {
    List<Path> written = new ArrayList<>();
    byte[] html = html(subject).getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(page, out -> out.write(html));
    written.add(page);
    Files.createDirectories(charts);
    for (Section section : SECTIONS) {
      for (Map.Entry<String, byte[]> picture : section.pictures(subject).entrySet()) {
        Path file = charts.resolve(picture.getKey() + ".png");
        AtomicFile.replace(file, out -> out.write(picture.getValue()));
        written.add(file);
      }
    }
    return List.copyOf(written);
  }
}
