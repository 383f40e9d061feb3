package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir
  private Path folder;

  @Test
  void printsWhatTrainingPrinted() throws IOException {
    TestFiles.mnist(folder, 200, 50);
    Path json = folder.resolve("model.json.gz");
    CommandRun training = CommandRun.of("mnist", "--data", folder, "--epochs", 1, "--model", "dense", "--save", json);
    CommandRun run = CommandRun.of("evaluate", json, "--data", folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    String figures = run.out().substring(0, run.out().indexOf("\n\n50 pictures in "));
    assertThat(figures).startsWith("loss            ")
        .contains("\naccuracy        ", "\ntop-3 accuracy  ", "\nprecision% ");
    assertThat(training.out()).contains("On the test data:\n" + figures + "\n\n");
  }

  @Test
  void generatesDigitsIfAsked() throws IOException {
    Path json = folder.resolve("model.json");
    CommandRun.of("digits", "--train", 200, "--test", 10, "--epochs", 1, "--model", "dense", "--save", json);
    CommandRun run = CommandRun.of("evaluate", json, "--digits", 30);
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("\n30 pictures in ");
    assertThat(CommandRun.of("evaluate", json, "--digits", 0)).isEqualTo(new CommandRun(2, "",
        "fovea: --digits: expected at least 1, got 0\nTry 'fovea evaluate --help'.\n"));
  }

  @Test
  void refusesDataThatDoNotFit() throws IOException {
    Path small = TestFiles.brightness(folder.resolve("small.json"), Shape.of(1, 14, 14));
    assertThat(CommandRun.of("evaluate", small, "--digits", 10)).isEqualTo(new CommandRun(1, "",
        "fovea: " + small + ": the model takes samples of shape [1, 14, 14], the data have [1, 28, 28]\n"));
    Path two = TestFiles.brightness(folder.resolve("two.json"), Shape.of(1, 28, 28));
    assertThat(CommandRun.of("evaluate", two, "--digits", 10)).isEqualTo(new CommandRun(1, "",
        "fovea: " + two + ": the model knows 2 classes, the data have 10\n"));
  }

  @Test
  void refusesFilesThatAreNoModel() throws IOException {
    Path nothing = folder.resolve("nothing.json");
    assertThat(CommandRun.of("evaluate", nothing, "--digits", 10)).isEqualTo(new CommandRun(1, "",
        "fovea: " + nothing + ": there is no such file\n"));
    assertThat(CommandRun.of("evaluate", folder, "--digits", 10)).isEqualTo(new CommandRun(1, "",
        "fovea: " + folder + ": expected a model file or the folder of a run, got a folder without model.json\n"));
    Path text = Files.writeString(folder.resolve("text.json"), "no model");
    CommandRun run = CommandRun.of("evaluate", text, "--digits", 10);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("fovea: " + text + ", line 1, column 1: not JSON: ").containsPattern("^[^\n]+\n$");
  }
}
