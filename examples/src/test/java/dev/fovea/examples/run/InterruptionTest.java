package dev.fovea.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.examples.Fovea;
import dev.fovea.train.Checkpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own that is asked to end, as Ctrl-C does it. */
@Timeout(300)
class InterruptionTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir
  private Path dir;

  @Test
  void aRunThatIsAskedToEndWritesACheckpointAndSaysHowToGoOn() throws IOException, InterruptedException {
    Path pictures = TestPictures.folder(dir.resolve("lamps"), 40);
    Path run = dir.resolve("run");
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Fovea.class.getName(), "train", pictures.toString(), "--out",
        run.toString(), "--image-size", "16", "--arch", "dense", "--epochs", "1000000")
        .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.startsWith("epoch       3/")) {
          // Not by the process, which would close the stream that is read here.
          process.toHandle().destroy();
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).isEqualTo(TERMINATED);
    assertThat(lines.get(lines.size() - 2)).isEqualTo("interrupted; to go on:");
    assertThat(lines).last().asString().startsWith("./fovea train " + pictures).endsWith(" --out " + run + " --resume");
    assertThat(Checkpoints.latest(run.resolve("checkpoints"))).isPresent();
    assertThat(run.resolve("model.json")).doesNotExist();
  }
}
