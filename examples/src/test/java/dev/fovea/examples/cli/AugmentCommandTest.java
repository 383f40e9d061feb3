package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.examples.run.TestPictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentCommandTest {
  @TempDir
  private Path dir;

  @Test
  void writesASheet() throws IOException {
    Path pictures = TestPictures.folder(dir.resolve("lamps"), 4);
    Path sheet = dir.resolve("sheet.png");
    CommandRun run = CommandRun.of("augment", pictures, "--out", sheet, "--image-size", "8x16", "--rows", 3,
        "--columns", 5);
    assertThat(run.err()).isEmpty();
    assertThat(run.lines()).hasSize(2).last().isEqualTo("wrote " + sheet);
    assertThat(run.lines().get(0)).startsWith("Augmentation.of(Flip.horizontally(), Rotate.of(10.0)");
    BufferedImage image = ImageIO.read(sheet.toFile());
    assertThat(image.getWidth()).isGreaterThan(6 * 16);
    assertThat(image.getHeight()).isGreaterThan(3 * 8);
  }

  @Test
  void refusesWrongNumbers() {
    assertThat(CommandRun.of("augment", "digits", "--out", dir.resolve("a.png"), "--rows", 0).err())
        .startsWith("fovea: --rows: expected at least 1, got 0\n");
  }
}
