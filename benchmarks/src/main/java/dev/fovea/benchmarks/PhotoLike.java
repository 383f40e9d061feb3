package dev.fovea.benchmarks;

import dev.fovea.core.RandomSource;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures that are as dear to decode as photos: generated digits in colour, scaled and put on noise. */
final class PhotoLike {
  private static final int NOISE = 24;

  private PhotoLike() {}

  /** Writes so many JPEG files of so many rows and columns, each into the sub-folder of its class. */
  static void write(Path folder, int count, int size) throws IOException {
    Dataset digits = Digits.generate(count, 5L);
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(digits.label(i) + "/" + i + ".jpg");
      Files.createDirectories(file.getParent());
      ImageIO.write(picture(digits.sample(i).data(), size, RandomSource.of(5L, i)), "jpeg", file.toFile());
    }
  }

  private static BufferedImage picture(float[] ink, int size, RandomSource random) {
    BufferedImage digit = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
    int color = random.below(1 << 24);
    for (int i = 0; i < ink.length; i++) {
      digit.setRGB(i % 28, i / 28, Math.round(255 * ink[i]) << 24 | color);
    }
    int ground = random.below(1 << 24) & 0x7f7f7f;
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      picture.setRGB(i % size, i / size,
          ground + random.below(NOISE) + (random.below(NOISE) << 8) + (random.below(NOISE) << 16));
    }
    int drawn = size * (6 + random.below(4)) / 10;
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(digit, random.below(size - drawn), random.below(size - drawn), drawn, drawn, null);
    graphics.dispose();
    return picture;
  }
}
