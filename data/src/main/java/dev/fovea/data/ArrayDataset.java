package dev.fovea.data;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples held in memory: floats, or the bytes of pictures, which take a quarter of the room (47 MB for MNIST instead
 * of 188) and are turned into 0..1 when they are read.
 *
 * <p>The array of samples is the caller's own, not a copy: it must not be written to afterwards.
 */
public final class ArrayDataset implements Dataset {
  private static final int NUMBERED_CLASSES = 65_536;
  private static final float[] BYTE_TO_UNIT = new float[256];

  static {
    for (int value = 0; value < 256; value++) {
      BYTE_TO_UNIT[value] = value / 255f;
    }
  }

  private final Shape sampleShape;
  private final int sampleSize;
  private final Values samples;
  private final Shape targetShape;
  private final int targetSize;
  private final float[] targets;
  private final List<String> classNames;
  private final int size;

  private ArrayDataset(int size, Shape sampleShape, Values samples, Shape targetShape, float[] targets,
      List<String> classNames) {
    this.size = size;
    this.sampleShape = sampleShape;
    this.sampleSize = sampleShape.size();
    this.samples = samples;
    this.targetShape = targetShape;
    this.targetSize = targetShape.size();
    this.targets = targets;
    this.classNames = classNames;
  }

  /**
   * Samples with class labels; the classes are 0 to the largest label and named by their numbers.
   *
   * @param x the samples, {@code [N, ...]}
   * @param labels the class of each sample, N of them
   * @throws IllegalArgumentException if there are not as many labels as samples, or a label is below 0 or above 65,535
   */
  public static ArrayDataset of(Tensor x, int... labels) {
    return of(x, labels, numbered(labels));
  }

  /**
   * Samples with class labels and the names of the classes.
   *
   * @param x the samples, {@code [N, ...]}
   * @param labels the class of each sample, N of them, each an index into the names
   * @param classNames the name of each class
   * @throws IllegalArgumentException if there are not as many labels as samples, or a label is none of the classes
   */
  public static ArrayDataset of(Tensor x, int[] labels, List<String> classNames) {
    int size = samples(x);
    return new ArrayDataset(size, x.shape().dropFirst(), floats(x.data()),
        Shape.scalar(), labels(size, labels, classNames), List.copyOf(classNames));
  }

  /**
   * Samples with values to be predicted.
   *
   * @param x the samples, {@code [N, ...]}
   * @param y the targets, {@code [N]} or {@code [N, K]} or of any shape with N in front
   * @throws ShapeException if the first axes differ
   */
  public static ArrayDataset of(Tensor x, Tensor y) {
    int size = samples(x);
    if (y.shape().rank() == 0 || y.shape().dim(0) != size) {
      throw new ShapeException("array data set: expected as many targets as samples, got samples " + x.shape()
          + " and targets " + y.shape());
    }
    return new ArrayDataset(size, x.shape().dropFirst(), floats(x.data()),
        y.shape().dropFirst(), y.toArray(), List.of());
  }

  /**
   * Pictures as unsigned bytes with class labels and the names of the classes; byte 0 is read as 0, byte 255 as 1.
   *
   * @param sampleShape the shape of one picture, {@code [C, H, W]}
   * @param pixels the pictures one after the other, row-major
   * @param labels the class of each picture, each an index into the names
   * @param classNames the name of each class
   * @throws IllegalArgumentException if there are no labels, the bytes are not as many as the pictures need, or a label
   *     is none of the classes
   */
  public static ArrayDataset ofBytes(Shape sampleShape, byte[] pixels, int[] labels, List<String> classNames) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("array data set: an array of no labels holds no samples");
    }
    long expected = sampleShape.prepend(labels.length).elements();
    if (pixels.length != expected) {
      throw new ShapeException("array data set: expected " + expected + " bytes for " + labels.length
          + " samples of shape " + sampleShape + ", got " + pixels.length);
    }
    return new ArrayDataset(labels.length, sampleShape, bytes(pixels),
        Shape.scalar(), labels(labels.length, labels, classNames), List.copyOf(classNames));
  }

  private static int samples(Tensor x) {
    if (x.shape().rank() == 0) {
      throw new ShapeException("array data set: expected samples [N, ...], got a single value");
    }
    return x.shape().dim(0);
  }

  private static List<String> numbered(int[] labels) {
    int largest = IntStream.of(labels).max().orElse(0);
    if (largest >= NUMBERED_CLASSES) {
      throw new IllegalArgumentException("array data set: expected labels below " + NUMBERED_CLASSES
          + " where no class names are given, got " + largest);
    }
    return IntStream.rangeClosed(0, Math.max(0, largest)).mapToObj(Integer::toString).toList();
  }

  private static float[] labels(int size, int[] labels, List<String> classNames) {
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("array data set: expected the name of at least one class, got none");
    }
    if (labels.length != size) {
      throw new IllegalArgumentException(
          "array data set: expected as many labels as samples, got " + size + " samples and " + labels.length
              + " labels");
    }
    float[] targets = new float[size];
    for (int i = 0; i < size; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException("array data set: the label of sample " + i + ": expected 0.."
            + (classNames.size() - 1) + " (" + classNames.size() + " classes), got " + labels[i]);
      }
      targets[i] = labels[i];
    }
    return targets;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public boolean isInMemory() {
    return true;
  }

  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    Samples.checkIndex(index, size);
    samples.read(index * sampleSize, sampleSize, x, xOffset);
    System.arraycopy(targets, index * targetSize, y, yOffset, targetSize);
  }

  private static Values floats(float[] values) {
    return (from, count, x, xOffset) -> System.arraycopy(values, from, x, xOffset, count);
  }

  private static Values bytes(byte[] pixels) {
    return (from, count, x, xOffset) -> {
      for (int i = 0; i < count; i++) {
        x[xOffset + i] = BYTE_TO_UNIT[pixels[from + i] & 0xff];
      }
    };
  }

  /** What samples are read from. */
  private interface Values {
    void read(int from, int count, float[] x, int xOffset);
  }
}
