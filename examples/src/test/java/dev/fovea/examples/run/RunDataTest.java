package dev.fovea.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDataTest {
  @TempDir
  private Path dir;

  private static RunSettings settings(DataChoice data) {
    return new RunSettings(data, null, "gap", "none", 1, 8, "adam", 0.003, 1, 0.25, 0.25, Map.of());
  }

  @Test
  void picturesAreCutInThree() throws IOException {
    TestPictures.folder(dir.resolve("lamps"), 8);
    RunData data = RunData.load(settings(new DataChoice(dir.resolve("lamps").toString(), null, 8, 8, false, false)),
        Waiting.UNSEEN);
    assertThat(data.title()).isEqualTo("lamps");
    assertThat(data.train().size()).isEqualTo(8);
    assertThat(data.validation().size()).isEqualTo(4);
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(data.notes()).isEmpty();
  }

  @Test
  void testDataOfTheirOwnAreLeftAlone() throws IOException {
    RunData data = RunData.load(settings(new DataChoice("digits", null, 0, 0, false, false)), Waiting.UNSEEN);
    assertThat(data.train().size()).isEqualTo(7_500);
    assertThat(data.validation().size()).isEqualTo(2_500);
    assertThat(data.test().size()).isEqualTo(2_000);
  }

  @Test
  void tellsWhatWasLeftOut() throws IOException {
    TestPictures.folder(dir, 8);
    for (int i = 0; i < 7; i++) {
      Files.writeString(dir.resolve("dark/broken-" + i + ".png"), "no picture");
    }
    RunData data = RunData.load(settings(new DataChoice(dir.toString(), null, 8, 8, false, false)), Waiting.UNSEEN);
    assertThat(data.notes()).hasSize(7).first().isEqualTo("7 of 23 files could not be read and were left out:");
    assertThat(data.notes().get(1)).startsWith("  " + dir.resolve("dark/broken-0.png") + ": ");
    assertThat(data.notes()).last().isEqualTo("  and 2 more");
  }
}
