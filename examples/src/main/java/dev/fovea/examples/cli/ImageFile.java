package dev.fovea.examples.cli;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A picture from a file as a model's input. */
final class ImageFile {
  /** What grey is to the eye: ITU-R BT.601, as in most libraries. */
  private static final double[] LUMA = {0.299, 0.587, 0.114};

  private ImageFile() {}

  /**
   * The picture in the size and with the channels of a model's input, 0..1. What is transparent shows the ground:
   * black, or white if dark and light are exchanged.
   *
   * @param sample what the model takes, {@code [1, H, W]} (grey) or {@code [3, H, W]} (red, green, blue)
   * @param invert whether dark and light are exchanged
   * @throws IOException if the file holds no picture that Java can read
   */
  static Tensor read(Path file, Shape sample, boolean invert) throws IOException {
    if (sample.rank() != 3 || sample.dim(0) != 1 && sample.dim(0) != 3) {
      throw new IllegalArgumentException(
          "predict: pictures fit a model that takes [1, H, W] (grey) or [3, H, W] (colour), this one takes " + sample);
    }
    BufferedImage image = decode(file);
    float[][] planes = planes(image, sample.dim(0), invert ? 1 : 0);
    int size = sample.dim(1) * sample.dim(2);
    float[] values = new float[sample.size()];
    for (int channel = 0; channel < planes.length; channel++) {
      float[] plane = Resize.plane(planes[channel], image.getHeight(), image.getWidth(), sample.dim(1), sample.dim(2));
      for (int i = 0; i < size; i++) {
        values[channel * size + i] = invert ? 1 - plane[i] : plane[i];
      }
    }
    return Tensor.wrap(sample, values);
  }

  private static BufferedImage decode(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": expected a picture, got a folder");
    }
    if (!Files.exists(file)) {
      throw new IOException(file + ": there is no such file");
    }
    BufferedImage image;
    try (var in = Files.newInputStream(file)) {
      image = ImageIO.read(in);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Java's decoders throw all three on broken files.
      throw new IOException(file + ": the picture is broken: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new IOException(file + ": expected a picture (PNG, JPEG, GIF or BMP), got something else");
    }
    return image;
  }

  private static float[][] planes(BufferedImage image, int channels, float ground) {
    float[][] colors = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
        ? grey(image, ground) : color(image, ground);
    if (channels == 1) {
      return new float[][] {colors.length == 1 ? colors[0] : luma(colors)};
    }
    return colors.length == 1 ? new float[][] {colors[0], colors[0], colors[0]} : colors;
  }

  /** Read from the raster: {@code getRGB} would take the values as linear light and brighten them. */
  private static float[][] grey(BufferedImage image, float ground) {
    Raster raster = image.getRaster();
    double brightest = (1L << image.getColorModel().getComponentSize(0)) - 1;
    boolean hasAlpha = image.getColorModel().hasAlpha() && raster.getNumBands() > 1;
    float[] plane = new float[image.getWidth() * image.getHeight()];
    for (int i = 0; i < plane.length; i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      double alpha = hasAlpha ? raster.getSample(x, y, 1) / brightest : 1;
      plane[i] = (float) (alpha * raster.getSample(x, y, 0) / brightest + (1 - alpha) * ground);
    }
    return new float[][] {plane};
  }

  private static float[][] color(BufferedImage image, float ground) {
    float[][] planes = new float[3][image.getWidth() * image.getHeight()];
    for (int i = 0; i < planes[0].length; i++) {
      int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
      double alpha = (pixel >>> 24) / 255.0;
      for (int channel = 0; channel < 3; channel++) {
        double value = (pixel >> (16 - 8 * channel) & 0xff) / 255.0;
        planes[channel][i] = (float) (alpha * value + (1 - alpha) * ground);
      }
    }
    return planes;
  }

  private static float[] luma(float[][] colors) {
    float[] grey = new float[colors[0].length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (float) (LUMA[0] * colors[0][i] + LUMA[1] * colors[1][i] + LUMA[2] * colors[2][i]);
    }
    return grey;
  }
}
