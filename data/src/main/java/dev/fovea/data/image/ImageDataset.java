package dev.fovea.data.image;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The pictures of an {@link ImageFolder}, opened: those that fit the cache are in memory, as bytes, the others are
 * decoded from their files whenever they are read. Both give the same values.
 */
public final class ImageDataset implements Dataset {
  private final ImageLoader loader;
  private final Path[] files;
  private final int[] labels;
  /** The scaled pictures, {@code null} where one does not fit the cache. */
  private final byte[][] pixels;
  private final List<String> classNames;
  private final List<SkippedImage> skipped;
  private final int cached;

  ImageDataset(ImageLoader loader, Path[] files, int[] labels, byte[][] pixels, List<String> classNames,
      List<SkippedImage> skipped) {
    this.loader = loader;
    this.files = files;
    this.labels = labels;
    this.pixels = pixels;
    this.classNames = List.copyOf(classNames);
    this.skipped = List.copyOf(skipped);
    int inMemory = 0;
    for (byte[] picture : pixels) {
      inMemory += picture == null ? 0 : 1;
    }
    this.cached = inMemory;
  }

  /** The files that were left out, with the reasons. */
  public List<SkippedImage> skipped() {
    return skipped;
  }

  /**
   * The file a sample comes from.
   *
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public Path file(int index) {
    return files[checkIndex(index)];
  }

  /** How many pictures are kept in memory. */
  public int cachedPictures() {
    return cached;
  }

  /** What becomes of a picture; for others that the model is to be asked about. */
  public ImageLoader loader() {
    return loader;
  }

  @Override
  public int size() {
    return files.length;
  }

  @Override
  public Shape sampleShape() {
    return loader.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return Shape.scalar();
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public boolean isInMemory() {
    return cached == files.length;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the picture is not in the cache and its file can no longer be read
   */
  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    ImageLoader.toUnit(pixels(checkIndex(index)), x, xOffset);
    y[yOffset] = labels[index];
  }

  @Override
  public Tensor target(int index) {
    return Tensor.of(Shape.scalar(), label(index));
  }

  @Override
  public int label(int index) {
    return labels[checkIndex(index)];
  }

  @Override
  public String nameOf(int index) {
    return file(index).toString();
  }

  private byte[] pixels(int index) {
    if (pixels[index] != null) {
      return pixels[index];
    }
    try {
      return loader.bytes(files[index]);
    } catch (ImageException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private int checkIndex(int index) {
    return Objects.checkIndex(index, files.length);
  }
}
