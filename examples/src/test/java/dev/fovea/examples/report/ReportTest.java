package dev.fovea.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Tensor;
import dev.fovea.core.Shape;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Activation;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import dev.fovea.train.trace.Browser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Subject SUBJECT = subject();

  @TempDir
  private Path folder;

  private static Subject subject() {
    Dataset train = Digits.generate(300, 1L);
    Dataset test = Digits.generate(60, 2L);
    Sequential model = Sequential.of(train.sampleShape(), 1L, Conv2D.of(4, 3).withActivation(Activation.RELU),
        MaxPooling2D.of(4), Flatten.of(), Dense.of(10).withActivation(Activation.SOFTMAX));
    Trainer trainer = Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    History history = trainer.fit(train, Fit.epochs(2).validation(test).quietly());
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", "`fovea train digits --epochs 2`");
    facts.put("seed", "1 < 2");
    return Subject.of("Digits & more", trainer, train, test, history, facts);
  }

  @Test
  void tellsEverything() {
    String html = Report.html(SUBJECT);
    assertThat(html).contains("<h1>Digits &amp; more</h1>").containsSubsequence(
        "<h2>Result</h2>", "<h2>How training went</h2>", "<h2>What was taken for what</h2>",
        "<h2>The worst mistakes</h2>", "<h2>How far its probabilities can be trusted</h2>",
        "<h2>What it looks at</h2>", "conv2d.weight [4, 1, 3, 3]",
        "<h2>Data</h2>", "Mean picture", "<h2>Model</h2>", "max_pooling2d", "<h2>The run</h2>",
        "<code>fovea train digits --epochs 2</code>", "1 &lt; 2");
    assertThat(html).contains("alt=\"loss by epoch\"", "alt=\"accuracy by epoch\"", "alt=\"rate by epoch\"");
  }

  @Test
  void needsNothingButItself() {
    assertThat(Report.html(SUBJECT)).doesNotContain("<script", "<link rel=\"stylesheet", "src=\"http", "href=\"http");
  }

  @Test
  void writesThePageAndTheCharts() throws IOException {
    List<Path> written = Report.write(SUBJECT, folder.resolve("report.html"), folder.resolve("charts"));
    assertThat(written).extracting(file -> folder.relativize(file).toString()).containsExactly("report.html",
        "charts/loss.png", "charts/accuracy.png", "charts/rate.png", "charts/confusion.png", "charts/reliability.png");
    assertThat(folder.resolve("report.html")).hasContent(Report.html(SUBJECT));
    for (Path chart : written.subList(1, written.size())) {
      BufferedImage image = ImageIO.read(chart.toFile());
      assertThat(image.getWidth()).as(chart.toString()).isEqualTo(960);
    }
  }

  @Test
  void aBrowserShowsIt() throws IOException {
    Path page = folder.resolve("report.html");
    try (Browser browser = Browser.open(folder.resolve("profile"))) {
      Files.writeString(page, Report.html(SUBJECT));
      browser.show(page);
      assertThat(browser.run("return [...document.images].filter(i => !i.complete || i.naturalWidth === 0).length"))
          .isEqualTo(0L);
      assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    Tensor few = Tensor.zeros(Shape.of(1, 10));
    assertThatThrownBy(() -> new Subject("a", SUBJECT.model(), SUBJECT.loss(), SUBJECT.train(), SUBJECT.test(),
        SUBJECT.history(), SUBJECT.evaluation(), few, Map.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("report: expected probabilities [60, 10], got [1, 10]");
    Dataset values = ArrayDataset.of(Tensor.zeros(Shape.of(1, 1, 28, 28)), Tensor.zeros(Shape.of(1, 3)));
    assertThatThrownBy(() -> new Subject("a", SUBJECT.model(), SUBJECT.loss(), values, values, SUBJECT.history(),
        SUBJECT.evaluation(), few, Map.of()))
        .hasMessage("report: expected data with classes, got targets [3]");
  }
}
