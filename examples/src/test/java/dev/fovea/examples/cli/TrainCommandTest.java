package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.examples.run.RunSettings;
import dev.fovea.examples.run.TestPictures;
import dev.fovea.layers.Model;
import dev.fovea.train.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir
  private Path dir;

  private Path pictures;
  private Path run;

  @BeforeEach
  void pictures() throws IOException {
    pictures = TestPictures.folder(dir.resolve("lamps"), 20);
    run = dir.resolve("run");
  }

  private CommandRun train(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", pictures, "--out", run, "--image-size", 16, "--epochs", 2,
        "--batch-size", 8, "--arch", "convnet"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void writesAModelAReportAndAllThatIsNeededToRepeatIt() throws IOException {
    CommandRun train = train();
    assertThat(train.err()).isEmpty();
    assertThat(train.status()).isZero();
    assertThat(train.out()).startsWith("lamps: 32 pictures to train with, 4 to choose the best epoch by, 4 to test, "
        + "3x16x16, 2 classes\n\n").contains("Augmentation.of(Flip.horizontally()", "epoch 2/2", "validation accuracy");
    assertThat(train.lastLine()).matches("test accuracy [01]\\.\\d{4} loss \\d+\\.\\d{4} images/s \\d+");
    Model model = Model.load(run.resolve("model.json"));
    assertThat(model.metadata().classes()).containsExactly("dark", "light");
    assertThat(History.readCsv(run.resolve("history.csv")).epochs()).hasSize(2);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    assertThat(run.resolve("charts/loss.png")).isNotEmptyFile();
    RunSettings settings = RunSettings.read(run.resolve("run.json"));
    assertThat(settings.facts()).containsKeys("command", "seed", "training time", "memory", "machine");
    assertThat(run.resolve("command.txt")).hasContent(settings.command());
  }

  @Test
  void theRunIsEvaluatedUsedAndReportedOn() throws IOException {
    CommandRun train = train();
    CommandRun evaluate = CommandRun.of("evaluate", run);
    assertThat(evaluate.status()).isZero();
    assertThat(evaluate.lines().get(1)).isEqualTo("accuracy        " + train.lastLine().split(" ")[2]);
    assertThat(CommandRun.of("evaluate", run, "--pictures", pictures).lastLine()).startsWith("40 pictures in ");
    CommandRun predict = CommandRun.of("predict", "--json", run, pictures.resolve("dark/3.png"));
    assertThat(predict.out()).startsWith("{\"file\":\"" + pictures.resolve("dark/3.png") + "\",\"class\":\"")
        .contains("\"probabilities\":{\"dark\":").endsWith("}}\n");
    Files.delete(run.resolve("report.html"));
    CommandRun report = CommandRun.of("report", run);
    assertThat(report.status()).isZero();
    assertThat(report.lines()).first().isEqualTo("wrote " + run.resolve("report.html"));
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void aFinishedRunGoneOnWithGivesTheSame() throws IOException {
    train();
    byte[] model = Files.readAllBytes(run.resolve("model.json"));
    assertThat(train("--resume").status()).isZero();
    assertThat(run.resolve("model.json")).hasBinaryContent(model);
  }

  @Test
  void aRunWithoutItsLastCheckpointEndsWithTheSameBits() throws IOException {
    train();
    byte[] model = Files.readAllBytes(run.resolve("model.json"));
    Files.delete(run.resolve("model.json"));
    Files.delete(run.resolve("checkpoints/checkpoint-000000008.zip"));
    CommandRun again = train("--resume");
    assertThat(again.out()).contains("goes on after step 4\n");
    assertThat(run.resolve("model.json")).hasBinaryContent(model);
  }

  @Test
  void refusesToMixRuns() {
    train();
    assertThat(train()).isEqualTo(new CommandRun(2, "", "fovea: --out: expected a new folder, got " + run
        + ", which holds a run; --resume goes on with it\nTry 'fovea train --help'.\n"));
    CommandRun other = train("--resume", "--seed", 2);
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err())
        .startsWith("fovea: resume: expected the settings that the run began with,\n  ./fovea train ")
        .contains("--seed 1", "\ngot\n  ./fovea train ", "--seed 2");
  }

  @Test
  void refusesWrongUsage() {
    assertThat(usage("train", "mnist", "--grey"))
        .isEqualTo("--image-size, --grey and --strict are for pictures of your own, got them with mnist");
    assertThat(usage("train", pictures, "--data", dir)).isEqualTo(
        "--data: expected with the name of a data set that comes in files, such as mnist, got it with " + pictures);
    assertThat(usage("train", pictures, "--image-size", "big"))
        .isEqualTo("--image-size: expected a number of pixels or HEIGHTxWIDTH, got 'big'");
    assertThat(usage("train", pictures, "--image-size", "8x9999"))
        .isEqualTo("--image-size: expected 1 to 4096 pixels a side, got '8x9999'");
    assertThat(usage("train", pictures, "--test", "0.95")).isEqualTo("--validation and --test: expected shares above 0 "
        + "that leave something to train with, got 0.1 and 0.95");
    assertThat(usage("train", "mnist", "--recipe", "small", "--epochs", 3))
        .isEqualTo("--epochs: expected no such option with --recipe, which brings its own");
    assertThat(usage("train", pictures, "--resume"))
        .isEqualTo("--resume: expected --out RUN, the folder of the run to go on with");
    assertThat(usage("train", pictures, "--resume", "--out", run))
        .isEqualTo("--resume: expected the folder of a run, got " + run + ", which holds none");
    assertThat(usage("evaluate", pictures)).isEqualTo(
        "expected test data, --data DIR, --pictures DIR or --digits N, or the folder of a run, got " + pictures);
  }

  private static String usage(Object... arguments) {
    CommandRun wrong = CommandRun.of(arguments);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    return wrong.err().lines().findFirst().orElseThrow().substring("fovea: ".length());
  }

  @Test
  void saysWhichRecipesThereAre() {
    assertThat(CommandRun.of("train", "digits", "--recipe", "small").err())
        .isEqualTo("fovea: recipe: expected one of mnist small, fashion-mnist small, got digits small\n");
  }

  @Test
  void saysWhatIsNoRun() {
    CommandRun report = CommandRun.of("report", pictures);
    assertThat(report).isEqualTo(new CommandRun(1, "",
        "fovea: " + pictures + ": expected the folder of a run, with run.json\n"));
    assertThat(CommandRun.of("predict", pictures, pictures.resolve("dark/3.png")).err()).isEqualTo("fovea: " + pictures
        + ": expected a model file or the folder of a run, got a folder without model.json\n");
  }

  @Test
  void tellsWhatItLeavesOutOrRefusesIt() throws IOException {
    Path broken = Files.writeString(pictures.resolve("dark/broken.png"), "no picture");
    assertThat(train("--strict").status()).isEqualTo(1);
    assertThat(run).doesNotExist();
    assertThat(train().out()).startsWith("1 of 41 files could not be read and were left out:\n  " + broken + ": ");
  }
}
