package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.Parallel;
import dev.fovea.layers.Sequential;
import dev.fovea.train.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsCommandTest {
  private static final String LAST_LINE = "test accuracy [01]\\.\\d{4} loss \\d+\\.\\d{4} images/s \\d+";

  @TempDir
  private Path folder;

  @Test
  void trainsShowsAndSaves() throws IOException {
    Path json = folder.resolve("digits.json");
    Path csv = folder.resolve("digits.csv");
    CommandRun run = CommandRun.of("digits", "--train", 300, "--test", 100, "--epochs", 2, "--model", "lenet",
        "--save", json, "--csv", csv);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("generated digits: 300 pictures to train with, 100 to test, 1x28x28, 10 classes\n\n")
        .contains("Total params: 61,706", "\nepoch 1/2  loss ", "\nepoch 2/2  loss ", "\ntop-3 accuracy  ",
            "\nprecision% ", "\nSome that are right:\n", "\nThe worst mistakes:\n",
            "wrote " + csv + "\nwrote " + json + "\n");
    assertThat(run.lastLine()).matches(LAST_LINE);

    History history = History.readCsv(csv);
    assertThat(history.epochs()).hasSize(2);
    Sequential model = Sequential.load(json);
    assertThat(model.metadata().classes()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(model.metadata().texts()).isEqualTo(Map.of("data", "generated digits",
        "test accuracy", String.format(Locale.ROOT, "%.4f", history.last().validationAccuracy())));
  }

  @Test
  void drawsNoBarWhereNobodyWatches() {
    CommandRun run = CommandRun.of("digits", "--train", 64, "--test", 20, "--epochs", 1, "--model", "dense");
    assertThat(run.out()).doesNotContain("\r", "\u001b", "\u2588");
    assertThat(run.lines()).filteredOn(line -> line.startsWith("epoch")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "ADAMW", "sgd", "rmsprop"})
  void everyOptimizerTrains(String name) {
    CommandRun run = CommandRun.of("digits", "--train", 200, "--test", 50, "--epochs", 2, "--model", "dense",
        "--batch-size", 20, "--optimizer", name);
    assertThat(run.err()).isEmpty();
    double accuracy = Double.parseDouble(run.lastLine().split(" ")[2]);
    assertThat(accuracy).isGreaterThan(0.2);
  }

  @Test
  void sameSeedSameFileWhateverTheThreads() throws IOException {
    Path one = folder.resolve("one.json");
    Path two = folder.resolve("two.json");
    Path other = folder.resolve("other.json");
    int threads = Parallel.threads();
    try {
      for (List<Object> options : List.<List<Object>>of(List.of(one, 3, 1), List.of(two, 3, 2), List.of(other, 4, 2))) {
        CommandRun.of("digits", "--train", 100, "--test", 10, "--epochs", 1, "--model", "gap", "--save", options.get(0),
            "--seed", options.get(1), "--threads", options.get(2));
      }
    } finally {
      Parallel.limit(threads);
    }
    assertThat(Files.readString(one)).isEqualTo(Files.readString(two)).isNotEqualTo(Files.readString(other));
  }

  @ParameterizedTest
  @CsvSource({"--epochs, 0", "--epochs, -1", "--batch-size, 0", "--threads, 0", "--train, 0", "--test, -5"})
  void refusesNumbersBelowOne(String option, String value) {
    assertThat(CommandRun.of("digits", option, value)).isEqualTo(new CommandRun(2, "",
        "fovea: " + option + ": expected at least 1, got " + value + "\nTry 'fovea digits --help'.\n"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0", "-0.1, -0.1", "NaN, NaN", "Infinity, Infinity"})
  void refusesLearningRates(String value, String shown) {
    assertThat(CommandRun.of("digits", "--learning-rate", value)).isEqualTo(new CommandRun(2, "",
        "fovea: --learning-rate: expected a number above 0, got " + shown + "\nTry 'fovea digits --help'.\n"));
  }

  @Test
  void refusesPathsThatCannotBeWrittenBeforeItTrains() {
    Path nowhere = folder.resolve("nowhere");
    Path file = nowhere.resolve("a.json");
    assertThat(CommandRun.of("digits", "--save", file)).isEqualTo(new CommandRun(1, "",
        "fovea: " + file + ": cannot be written: there is no folder " + nowhere + "\n"));
    assertThat(CommandRun.of("digits", "--csv", folder)).isEqualTo(new CommandRun(1, "",
        "fovea: " + folder + ": cannot be written: it is a folder\n"));
    assertThat(CommandRun.of("digits", "--save", "")).isEqualTo(new CommandRun(1, "",
        "fovea: expected the name of a file to write, got an empty one\n"));
  }

  @Test
  void refusesOneFileForTwoThings() {
    Path file = folder.resolve("both");
    assertThat(CommandRun.of("digits", "--save", file, "--csv", folder.resolve("./both"))).isEqualTo(new CommandRun(2,
        "", "fovea: --csv: expected another file than --save has, got " + folder.resolve("./both") + "\n"
            + "Try 'fovea digits --help'.\n"));
    assertThat(file).doesNotExist();
  }

  @Test
  void stopsAtANonFiniteLossAndSavesNothing() {
    Path json = folder.resolve("never.json");
    CommandRun run = CommandRun.of("digits", "--train", 200, "--test", 10, "--epochs", 3, "--model", "dense",
        "--optimizer", "sgd", "--learning-rate", "1e38", "--save", json);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("fovea: ").contains("step ").matches(Pattern.compile("[^\n]+\n"));
    assertThat(json).doesNotExist();
    assertThat(run.out()).doesNotContain("test accuracy 0");
  }
}
