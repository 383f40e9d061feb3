package dev.fovea.data.numpy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import java.util.List;
import java.util.stream.IntStream;

/** Data sets from NumPy's arrays. */
public final class Numpy {
  private Numpy() {}

  /**
   * Samples and targets. Bytes (uint8) are pixels and read as 0..1; {@code [N, H, W]} are grey pictures of one channel.
   * Channels come first, {@code [N, C, H, W]}; those that come last are brought there by {@code
   * x.transposed(0, 3, 1, 2)}.
   *
   * @param x the samples, {@code [N, ...]}
   * @param y whole numbers {@code [N]} or {@code [N, 1]} as labels, which name the classes 0 to the largest; floats as
   *     values to be predicted
   * @throws ShapeException if there are not as many targets as samples
   * @throws IllegalArgumentException if a label is below 0 or above 65,535
   */
  public static Dataset dataset(NpyArray x, NpyArray y) {
    requireRows(x, y);
    if (!isLabels(y)) {
      return ArrayDataset.of(samples(x), y.tensor());
    }
    int[] labels = y.ints();
    int largest = IntStream.of(labels).max().orElse(0);
    if (x.type() != NpyType.U1 || largest >= 1 << 16) {
      return ArrayDataset.of(samples(x), labels);
    }
    return dataset(x, y, IntStream.rangeClosed(0, Math.max(0, largest)).mapToObj(Integer::toString).toList());
  }

  /**
   * The same with the names of the classes.
   *
   * @throws IllegalArgumentException if targets are no labels, or one is none of these classes
   */
  public static Dataset dataset(NpyArray x, NpyArray y, List<String> classNames) {
    requireRows(x, y);
    if (!isLabels(y)) {
      throw new IllegalArgumentException(
          "numpy data set: expected whole numbers [N] or [N, 1] as labels of the classes, got targets " + y);
    }
    return x.type() == NpyType.U1 ? ArrayDataset.ofBytes(sampleShape(x), x.bytes(), y.ints(), classNames)
        : ArrayDataset.of(samples(x), y.ints(), classNames);
  }

  private static boolean isLabels(NpyArray y) {
    boolean whole = y.type() != NpyType.F4 && y.type() != NpyType.F8;
    return whole && y.shape().elements() == y.shape().dim(0);
  }

  private static void requireRows(NpyArray x, NpyArray y) {
    if (x.shape().rank() == 0 || y.shape().rank() == 0 || x.shape().dim(0) != y.shape().dim(0)) {
      throw new ShapeException("numpy data set: expected as many targets as samples, first axis for first axis, got"
          + " samples " + x + " and targets " + y);
    }
  }

  private static Shape sampleShape(NpyArray x) {
    return x.shape().rank() == 3 ? x.shape().dropFirst().prepend(1) : x.shape().dropFirst();
  }

  private static Tensor samples(NpyArray x) {
    float[] values = x.floats();
    if (x.type() == NpyType.U1) {
      for (int i = 0; i < values.length; i++) {
        values[i] /= 255f;
      }
    }
    return Tensor.wrap(sampleShape(x).prepend(x.shape().dim(0)), values);
  }
}
