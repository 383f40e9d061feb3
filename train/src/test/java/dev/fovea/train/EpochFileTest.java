package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EpochFileTest {
  @TempDir
  private Path dir;

  private Fit logging(Fit fit) {
    return fit.callback(EpochFile.csv(dir.resolve("run/history.csv")))
        .callback(EpochFile.jsonLines(dir.resolve("run/history.jsonl")))
        .callback(EpochFile.text(dir.resolve("run/history.txt")))
        .callback(EpochFile.learningRates(dir.resolve("run/rates.csv")));
  }

  @Test
  void aLineAnEpoch() throws IOException {
    Files.createDirectories(dir.resolve("run"));
    Files.writeString(dir.resolve("run/history.csv"), "of another run\n");
    History history = SmallRun.trainer().fit(SmallRun.DATA, logging(SmallRun.fit()));
    assertThat(History.readCsv(dir.resolve("run/history.csv"))).isEqualTo(history);
    List<String> lines = Files.readAllLines(dir.resolve("run/history.jsonl"));
    assertThat(lines).hasSize(3);
    JsonNode second = JsonMapper.builder().build().readTree(lines.get(1));
    History.Epoch epoch = history.epochs().get(1);
    assertThat(second.get("epoch").intValue()).isEqualTo(2);
    assertThat(second.get("loss").doubleValue()).isEqualTo(epoch.loss());
    assertThat(second.get("validation_accuracy").doubleValue()).isEqualTo(epoch.validationAccuracy());
    assertThat(second.propertyNames()).containsExactly("epoch", "loss", "accuracy", "validation_loss",
        "validation_accuracy", "learning_rate", "seconds", "images_per_second");
    assertThat(Files.readAllLines(dir.resolve("run/history.txt"))).hasSize(3)
        .allMatch(line -> line.matches("epoch \\d/3  loss .*  rate [0-9.]+"));
    List<String> rates = Files.readAllLines(dir.resolve("run/rates.csv"));
    assertThat(rates).hasSize(16).first().isEqualTo("step,learning_rate,loss");
    assertThat(rates.get(15)).startsWith("15," + history.last().rate() + ",");
  }

  @Test
  void noFigureIsNull() throws IOException {
    Path file = dir.resolve("history.jsonl");
    SmallRun.trainer().fit(SmallRun.DATA, Fit.epochs(1).quietly().callback(EpochFile.jsonLines(file)));
    assertThat(Files.readString(file)).contains("\"validation_loss\":null,");
  }

  /** What came after the checkpoint is written anew, what was before it stays. */
  @Test
  void goesOnFromACheckpoint() throws IOException {
    Path checkpoint = dir.resolve("checkpoint.zip");
    SmallRun.trainer().fit(SmallRun.DATA, logging(SmallRun.fit()).callback(CheckpointTest.at(8, checkpoint)));
    List<String> rates = Files.readAllLines(dir.resolve("run/rates.csv"));
    Files.writeString(dir.resolve("run/rates.csv"), String.join("\n", rates) + "\n16,0.");
    History history = SmallRun.trainer().fit(SmallRun.DATA, logging(SmallRun.fit()).resuming(checkpoint));
    assertThat(History.readCsv(dir.resolve("run/history.csv"))).isEqualTo(history);
    assertThat(Files.readAllLines(dir.resolve("run/history.jsonl"))).hasSize(3);
    assertThat(Files.readAllLines(dir.resolve("run/rates.csv"))).isEqualTo(rates);
  }

  @Test
  void aFullDiskIsNamed() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full) && !Files.isRegularFile(full), "needs the device /dev/full");
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(EpochFile.csv(full))))
        .isInstanceOf(UncheckedIOException.class).hasMessage("/dev/full: cannot be written: No space left on device");
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, SmallRun.fit().callback(EpochFile.text(full))))
        .isInstanceOf(UncheckedIOException.class).hasMessage("/dev/full: cannot be written: No space left on device");
  }
}
