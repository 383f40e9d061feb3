package dev.fovea.data.image;

/** Which old cells each new cell of an axis is made of, and with which weights. */
final class Taps {
  private static final double RADIUS = 2;

  private final int[] from;
  private final float[][] weights;

  private Taps(int[] from, float[][] weights) {
    this.from = from;
    this.weights = weights;
  }

  /**
   * The part from {@code begin} to {@code end} of an axis of {@code length} cells, cut into {@code count} new cells.
   * Cells outside the part, but inside the axis, count at its border.
   */
  static Taps of(int length, double begin, double end, int count) {
    int[] from = new int[count];
    float[][] weights = new float[count][];
    double scale = (end - begin) / count;
    double widening = Math.max(1, scale);
    for (int i = 0; i < count; i++) {
      double center = begin + (i + 0.5) * scale;
      int first = (int) Math.max(0, Math.floor(center - RADIUS * widening + 0.5));
      int last = (int) Math.min(length, Math.floor(center + RADIUS * widening + 0.5));
      while (cubic((first + 0.5 - center) / widening) == 0) {
        first++;
      }
      while (cubic((last - 0.5 - center) / widening) == 0) {
        last--;
      }
      from[i] = first;
      weights[i] = weights(first, last, center, widening);
    }
    return new Taps(from, weights);
  }

  private static float[] weights(int first, int last, double center, double widening) {
    double[] values = new double[last - first];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = cubic((first + i + 0.5 - center) / widening);
      sum += values[i];
    }
    float[] weights = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      weights[i] = (float) (values[i] / sum);
    }
    return weights;
  }

  private static double cubic(double distance) {
    double t = Math.abs(distance);
    if (t < 1) {
      return ((3 * t - 5) * t * t + 2) / 2;
    }
    return t < 2 ? (((5 - t) * t - 8) * t + 4) / 2 : 0;
  }

  /** The number of new cells. */
  int count() {
    return from.length;
  }

  /** The first old cell that counts for a new one. */
  int from(int cell) {
    return from[cell];
  }

  /** The old cell after the last that counts for a new one. */
  int to(int cell) {
    return from[cell] + weights[cell].length;
  }

  /** The weights of the old cells, from the first that counts on; their sum is 1. */
  float[] weights(int cell) {
    return weights[cell];
  }

  /** The weight of one old cell that counts. */
  float weight(int cell, int old) {
    return weights[cell][old - from[cell]];
  }
}
