package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpochBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String train(boolean interactive, boolean unicode) {
    Dataset data = Digits.generate(64, 1L);
    Terminal terminal = new Terminal(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), interactive, interactive, unicode, 80);
    Trainer trainer = Trainer.of(Network.DENSE.build(data.sampleShape(), 10, 1L), Adam.of(1e-3),
        Loss.sparseCategoricalCrossEntropy());
    try (EpochBar bar = new EpochBar(terminal, data.size(), "test accuracy")) {
      trainer.fit(data, Fit.epochs(2).validation(data).quietly().callback(bar));
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  void drawsOverItselfAndLeavesOneLine() {
    String text = train(true, true);
    assertThat(text).contains("epoch 1/2", "100%", "64/64", "  loss ", "\u2588");
    // What stays on the screen is what follows the last return to the start of a line.
    assertThat(Stream.of(text.split("\n")).map(line -> line.substring(line.lastIndexOf("\u001b[K") + 3)))
        .hasSize(2).allSatisfy(line -> assertThat(line).matches(
            "epoch [12]/2  loss \\d\\.\\d{4}  accuracy [01]\\.\\d{4}  test accuracy [01]\\.\\d{4}  images/s \\d+"));
    assertThat(text.split("\r\u001b\\[K")).allSatisfy(line -> assertThat(line.lines().findFirst().orElse("").length())
        .isLessThan(80));
  }

  @Test
  void usesAsciiWhereNothingElseIsUnderstood() {
    assertThat(train(true, false)).contains("100%").doesNotContainPattern("[^\\x00-\\x7f]");
  }

  @Test
  void isOneLineAnEpochWhereNobodyWatches() {
    assertThat(train(false, false)).doesNotContain("\r", "%").hasLineCount(2);
  }
}
