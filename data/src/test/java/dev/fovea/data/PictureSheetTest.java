package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.Normalize;
import dev.fovea.data.augment.Shift;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSheetTest {
  @TempDir
  private Path dir;

  /** Two pictures of 2x3 pixels. */
  private final Dataset grey = ArrayDataset.of(
      Tensor.of(Shape.of(2, 1, 2, 3), 0, 0.2f, 0.4f, 0.6f, 0.8f, 1, 1, 1, 1, 0, 0, 0), 0, 1);

  @Test
  void aRowForEachSampleAndTheOriginalInFront() {
    BufferedImage sheet = PictureSheet.of(grey, Normalize.of(0.2, 1)).withColumns(2).withZoom(4).image();
    assertThat(sheet.getWidth()).isEqualTo(2 + 3 * (3 * 4 + 2));
    assertThat(sheet.getHeight()).isEqualTo(2 + 2 * (2 * 4 + 2));
    assertThat(color(sheet, 0, 0)).isEqualTo(0x30507a);
    assertThat(color(sheet, 2, 2)).isEqualTo(0);
    assertThat(color(sheet, 2 + 4, 2)).isEqualTo(0x333333);
    assertThat(color(sheet, 2 + 4, 2 + 7)).isEqualTo(0xcccccc);
    assertThat(color(sheet, 2 + 11, 2 + 7)).isEqualTo(0xffffff);
    assertThat(color(sheet, 2 + 14, 2)).as("below 0").isEqualTo(0);
    assertThat(color(sheet, 2 + 14 + 4, 2 + 4)).isEqualTo(0x999999);
    assertThat(color(sheet, 2 + 2 * 14 + 4, 2 + 4)).isEqualTo(0x999999);
    assertThat(color(sheet, 2, 2 + 10)).isEqualTo(0xffffff);
    assertThat(color(sheet, 2, 2 + 10 + 4)).isEqualTo(0);
  }

  @Test
  void colours() {
    Dataset data = ArrayDataset.of(Tensor.of(Shape.of(1, 3, 1, 1), 1, 0.4f, 0), 0);
    assertThat(color(PictureSheet.of(data, Augmentation.of()).image(), 30, 30)).isEqualTo(0xff6600);
  }

  /** What stands in a column is what training sees in that epoch. */
  @Test
  void columnsAreEpochs() {
    Dataset digits = Digits.generate(3, 1);
    Augmentation shift = Shift.of(3);
    BufferedImage sheet = PictureSheet.of(digits, shift).withSeed(5).withColumns(3).withZoom(1).image();
    try (BatchIterator epoch = Batches.of(digits, 3).augmented(shift, 5).epoch(2)) {
      Tensor x = epoch.next().x();
      for (int row = 0; row < 28; row++) {
        for (int column = 0; column < 28; column++) {
          assertThat(color(sheet, 2 + 3 * 30 + column, 2 + 30 + row) & 0xff)
              .isEqualTo(Math.round(255 * x.get(1, 0, row, column)));
        }
      }
    }
  }

  @Test
  void writesAPng() throws IOException {
    Path file = dir.resolve("sheet.png");
    Files.writeString(file, "an old one");
    PictureSheet sheet = PictureSheet.of(Digits.generate(20, 1), Shift.of(2)).withRows(3);
    sheet.write(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getWidth()).isEqualTo(2 + 11 * 58);
    assertThat(read.getHeight()).isEqualTo(2 + 3 * 58);
    assertThat(color(read, 20, 20)).isEqualTo(color(sheet.image(), 20, 20));
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files).containsExactly(file);
    }
    assertThatThrownBy(() -> sheet.write(dir.resolve("nowhere").resolve("sheet.png"))).isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void refuses() {
    Dataset five = ArrayDataset.of(Tensor.zeros(Shape.of(1, 5, 2, 2)), 0);
    for (Dataset data : List.of(five, new DatasetTest.Counting(3))) {
      assertThatThrownBy(() -> PictureSheet.of(data, Shift.of(1))).isInstanceOf(ShapeException.class)
          .hasMessage("picture sheet: expected pictures [1, H, W] or [3, H, W], got samples of shape "
              + data.sampleShape());
    }
    PictureSheet sheet = PictureSheet.of(grey, Shift.of(1));
    assertThatThrownBy(() -> sheet.withRows(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("picture sheet: rows, columns and zoom must be at least 1, got 0, 10 and 21");
    assertThatThrownBy(() -> sheet.withColumns(1_000_000)).isInstanceOf(IllegalArgumentException.class).hasMessage(
        "picture sheet: expected at most 100000000 pixels, got 5850006030; take fewer rows or columns");
  }

  private static int color(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }
}
