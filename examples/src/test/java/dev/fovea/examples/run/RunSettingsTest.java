package dev.fovea.examples.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSettingsTest {
  private static final RunSettings SETTINGS = new RunSettings(
      new DataChoice("/my pictures/it's", null, 48, 64, true, false), null, "gap", "photos", 3, 16, "adam", 0.003,
      7, 0.1, 0.25, Map.of());

  @TempDir
  private Path dir;

  @Test
  void areReadAsTheyWereWritten() throws IOException {
    Path file = dir.resolve("run.json");
    RunSettings known = SETTINGS.withFacts(Map.of("memory", "9 MiB"));
    known.write(file);
    assertThat(RunSettings.read(file)).isEqualTo(known);
  }

  @Test
  void sayTheCommandThatAsksForThem() {
    assertThat(SETTINGS.command()).isEqualTo("./fovea train '/my pictures/it'\\''s' --image-size 48x64 --test 0.25 "
        + "--grey --arch gap --augment photos --epochs 3 --batch-size 16 --optimizer adam --learning-rate 0.003 "
        + "--validation 0.1 --seed 7");
    assertThat(new RunSettings(new DataChoice("mnist", "/data", 0, 0, false, false), null, "lenet", "none", 1, 64,
        "sgd", 0.05, 1, 0.2, 0.1, Map.of()).command())
        .isEqualTo("./fovea train mnist --data /data --arch lenet --augment none "
        + "--epochs 1 --batch-size 64 --optimizer sgd --learning-rate 0.05 --validation 0.2 --seed 1");
    assertThat(new RunSettings(new DataChoice("mnist", null, 0, 0, false, false), "small", null, null, 16, 100, null, 0,
        3, 0.1, 0.1, Map.of()).command()).isEqualTo("./fovea train mnist --recipe small --seed 3");
  }

  @Test
  void sayTheCommandThatGoesOn() {
    assertThat(SETTINGS.commandToResume(Path.of("my run")))
        .isEqualTo(SETTINGS.command() + " --out 'my run' --resume");
  }

  @Test
  void refuseToGoOnWithOthers() {
    SETTINGS.requireSame(SETTINGS.withFacts(Map.of("memory", "9 MiB")));
    RunSettings other = new RunSettings(SETTINGS.data(), null, "gap", "photos", 4, 16, "adam", 0.003, 7, 0.1, 0.25,
        Map.of());
    assertThatThrownBy(() -> SETTINGS.requireSame(other)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resume: expected the settings that the run began with,\n  " + SETTINGS.command() + "\ngot\n  "
            + other.command());
  }

  @Test
  void refuseWhatIsNoSettings() throws IOException {
    Path file = Files.writeString(dir.resolve("run.json"), "{\"network\": 1, \"colour\": 2}");
    assertThatThrownBy(() -> RunSettings.read(file)).isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": expected the settings of a run: ");
  }
}
