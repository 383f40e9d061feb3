package dev.fovea.examples.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that are easily told apart. */
public final class TestPictures {
  private static final int SIDE = 12;

  private TestPictures() {}

  /** A folder with two classes, {@code dark} and {@code light}, of so many noisy PNG files each. */
  public static Path folder(Path folder, int each) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < each; i++) {
      picture(folder.resolve("dark/" + i + ".png"), 40, random);
      picture(folder.resolve("light/" + i + ".png"), 200, random);
    }
    return folder;
  }

  private static void picture(Path file, int level, Random random) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, (level + random.nextInt(50)) * 0x010101);
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
