package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
  private static final Offset<Float> EXACT = Offset.offset(1e-6f);

  @TempDir
  private Path folder;

  private Path png(BufferedImage image) throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private Path pixel(int argb) throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, argb);
    return png(image);
  }

  @Test
  void greyPicturesKeepTheirBytes() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    int[] bytes = {0, 51, 128, 255};
    for (int i = 0; i < 4; i++) {
      image.getRaster().setSample(i % 2, i / 2, 0, bytes[i]);
    }
    float[] grey = ImageFile.read(png(image), Shape.of(1, 2, 2), false).toArray();
    assertThat(grey).containsExactly(0, 51 / 255f, 128 / 255f, 1);
    float[] inverted = ImageFile.read(png(image), Shape.of(1, 2, 2), true).toArray();
    assertThat(inverted).containsExactly(new float[] {1, 1 - 51 / 255f, 1 - 128 / 255f, 0}, EXACT);
  }

  @Test
  void sixteenBitsOfGrey() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 13107);
    assertThat(ImageFile.read(png(image), Shape.of(1, 1, 1), false).item()).isCloseTo(0.2f, EXACT);
  }

  @Test
  void coloursStayApartOrBecomeGrey() throws IOException {
    Path file = pixel(0xff336699);
    assertThat(ImageFile.read(file, Shape.of(3, 1, 1), false).toArray())
        .containsExactly(new float[] {0.2f, 0.4f, 0.6f}, EXACT);
    assertThat(ImageFile.read(file, Shape.of(1, 1, 1), false).item())
        .isCloseTo(0.299f * 0.2f + 0.587f * 0.4f + 0.114f * 0.6f, EXACT);
  }

  @Test
  void greyFillsThreeChannels() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 51);
    assertThat(ImageFile.read(png(image), Shape.of(3, 1, 1), false).toArray()).containsExactly(0.2f, 0.2f, 0.2f);
  }

  @Test
  void theTransparentShowsTheGround() throws IOException {
    Path file = pixel(0x00ffffff);
    assertThat(ImageFile.read(file, Shape.of(1, 1, 1), false).item()).isZero();
    // On white, which is then exchanged for black.
    assertThat(ImageFile.read(pixel(0), Shape.of(1, 1, 1), true).item()).isCloseTo(0, EXACT);
  }

  @Test
  void scalesToTheModelsInput() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 4; x++) {
      for (int y = 0; y < 2; y++) {
        image.setRGB(x, y, x < 2 ? 0xffffff : 0);
      }
    }
    assertThat(ImageFile.read(png(image), Shape.of(1, 1, 2), false).toArray())
        .containsExactly(new float[] {1, 0}, EXACT);
  }
}
