package dev.fovea.data;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.data.augment.Augmentation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/**
 * Augmented pictures to look at: a row for each of the first samples of a data set, which stands in front, and in each
 * column behind it what {@link Batches#augmented} makes of it in another epoch, from epoch 0 on.
 *
 * <pre>{@code
 * PictureSheet.of(train, Augmentation.of(Rotate.of(10), Shift.of(2))).withRows(6).write(Path.of("sheet.png"));
 * }</pre>
 *
 * <p>These are settings and do not change; the withers return new ones.
 *
 * @param dataset pictures {@code [1, H, W]} (grey) or {@code [3, H, W]} (red, green, blue), 0..1; what lies outside of
 *     that is cut off
 * @param augmentation what is done to them
 * @param rows how many samples, at least 1
 * @param columns how many variants of each, at least 1
 * @param zoom pixels of the sheet for one of the picture along each axis, at least 1
 * @param seed the seed of the augmentation
 */
public record PictureSheet(Dataset dataset, Augmentation augmentation, int rows, int columns, int zoom, long seed) {
  private static final int USUAL_SIDE = 64;
  private static final int GAP = 2;
  private static final int BACKGROUND = 0x30507a;
  private static final int MOST_PIXELS = 100_000_000;

  /**
   * These settings.
   *
   * @throws ShapeException if samples are no pictures, or none that the augmentation was made for
   * @throws IllegalArgumentException if a number is below 1, or the sheet would have more than 100 million pixels
   */
  public PictureSheet {
    Shape sample = dataset.sampleShape();
    if (sample.rank() != 3 || sample.dim(0) != 1 && sample.dim(0) != 3) {
      throw new ShapeException(
          "picture sheet: expected pictures [1, H, W] or [3, H, W], got samples of shape " + sample);
    }
    if (rows < 1 || columns < 1 || zoom < 1) {
      throw new IllegalArgumentException("picture sheet: rows, columns and zoom must be at least 1, got " + rows + ", "
          + columns + " and " + zoom);
    }
    augmentation.requireFits(sample);
    rows = Math.min(rows, dataset.size());
    long pixels = pixels(sample.dim(1), zoom, rows) * pixels(sample.dim(2), zoom, columns + 1);
    if (pixels > MOST_PIXELS) {
      throw new IllegalArgumentException("picture sheet: expected at most " + MOST_PIXELS + " pixels, got " + pixels
          + "; take fewer rows or columns");
    }
  }

  /** Eight samples in ten variants each, of seed 0, small pictures enlarged. */
  public static PictureSheet of(Dataset dataset, Augmentation augmentation) {
    Shape sample = dataset.sampleShape();
    int side = sample.rank() == 3 ? Math.max(sample.dim(1), sample.dim(2)) : 1;
    return new PictureSheet(dataset, augmentation, 8, 10, Math.max(1, USUAL_SIDE / side), 0);
  }

  /** These settings with so many samples, or all there are. */
  public PictureSheet withRows(int rows) {
    return new PictureSheet(dataset, augmentation, rows, columns, zoom, seed);
  }

  /** These settings with so many variants of each sample. */
  public PictureSheet withColumns(int columns) {
    return new PictureSheet(dataset, augmentation, rows, columns, zoom, seed);
  }

  /** These settings with so many pixels for one along each axis. */
  public PictureSheet withZoom(int zoom) {
    return new PictureSheet(dataset, augmentation, rows, columns, zoom, seed);
  }

  /** These settings with another seed. */
  public PictureSheet withSeed(long seed) {
    return new PictureSheet(dataset, augmentation, rows, columns, zoom, seed);
  }

  /** The sheet. */
  public BufferedImage image() {
    Shape sample = dataset.sampleShape();
    int width = (int) pixels(sample.dim(2), zoom, columns + 1);
    int height = (int) pixels(sample.dim(1), zoom, rows);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, BACKGROUND);
      }
    }
    Augmenter augmenter = new Augmenter(augmentation, dataset, seed);
    for (int column = 0; column <= columns; column++) {
      Dataset shown = column == 0 ? dataset : augmenter.epoch(dataset, column - 1);
      for (int row = 0; row < rows; row++) {
        paint(shown.sample(row).data(), image, row, column);
      }
    }
    return image;
  }

  /**
   * Writes the sheet as PNG. A file of that name is replaced once the new one is complete.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path unfinished = absolute.resolveSibling(
        "." + absolute.getFileName() + "." + Long.toHexString(RandomSource.at(System.nanoTime(), 0)) + ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        if (!ImageIO.write(image(), "png", out)) {
          throw new IOException(file + ": this Java has no writer of PNG files");
        }
      }
      Files.move(unfinished, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static long pixels(int side, int zoom, int count) {
    return count * ((long) side * zoom + GAP) + GAP;
  }

  private void paint(float[] pixels, BufferedImage image, int row, int column) {
    Shape sample = dataset.sampleShape();
    int plane = sample.dim(1) * sample.dim(2);
    int left = (int) pixels(sample.dim(2), zoom, column);
    int top = (int) pixels(sample.dim(1), zoom, row);
    for (int y = 0; y < sample.dim(1) * zoom; y++) {
      for (int x = 0; x < sample.dim(2) * zoom; x++) {
        int place = y / zoom * sample.dim(2) + x / zoom;
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
          float value = pixels[sample.dim(0) == 1 ? place : channel * plane + place];
          color = color << 8 | Math.round(255 * Math.max(0, Math.min(1, value)));
        }
        image.setRGB(left + x, top + y, color);
      }
    }
  }
}
