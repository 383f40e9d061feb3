package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.data.Mnist;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MnistCommandTest {
  @TempDir
  private Path folder;

  @Test
  void trainsOnTheFilesOfAFolder() throws IOException {
    TestFiles.mnist(folder, 128, 40);
    CommandRun run = CommandRun.of("mnist", "--data", folder, "--epochs", 1, "--batch-size", 32);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("MNIST: 128 pictures to train with, 40 to test, 1x28x28, 10 classes\n\n")
        .contains("Total params: 225,034", "batches of 32, seed 1, threads ");
    assertThat(run.lastLine()).matches("test accuracy [01]\\.\\d{4} loss \\d+\\.\\d{4} images/s \\d+");
  }

  @Test
  void trainsOnTheRealFiles() throws IOException {
    String real = System.getenv("FOVEA_MNIST");
    Assumptions.assumeTrue(real != null, "skipped: FOVEA_MNIST does not name a folder with MNIST");
    TrainingOptions options = new TrainingOptions(1);
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("options",
        CommandLine.Model.CommandSpec.forAnnotatedObject(options))).parseArgs("--model", "dense", "--batch-size", "32");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TrainingRun(Terminal.plain(out), options).run("MNIST",
        Mnist.train(Path.of(real)).take(3_200), Mnist.test(Path.of(real)).take(500));
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\\R");
    assertThat(Double.parseDouble(lines[lines.length - 1].split(" ")[2])).isGreaterThan(0.7);
  }

  @Test
  void refusesFoldersWithoutTheFiles() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    assertThat(CommandRun.of("mnist", "--data", nowhere)).isEqualTo(new CommandRun(1, "",
        "fovea: " + nowhere + ": expected a folder with the files of MNIST, found none\n"));
    assertThat(CommandRun.of("mnist", "--data", folder)).isEqualTo(new CommandRun(1, "",
        "fovea: " + folder + ": expected one of the files train-images-idx3-ubyte, train-images-idx3-ubyte.gz, "
            + "train-images.idx3-ubyte, train-images.idx3-ubyte.gz, found none of them\n"));
  }

  @Test
  void refusesBrokenFiles() throws IOException {
    TestFiles.mnist(folder, 20, 10);
    Path images = folder.resolve("train-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(bytes, 1000));
    CommandRun run = CommandRun.of("mnist", "--data", folder);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("fovea: " + images + ": ").containsPattern("^[^\n]+\n$");
  }
}
