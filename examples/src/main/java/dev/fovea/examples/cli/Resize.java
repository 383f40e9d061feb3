package dev.fovea.examples.cli;

/**
 * Grey values brought to another size: by averaging the area under each new cell where it shrinks, so that thin
 * strokes fade instead of breaking up, and linearly between the centres of the old cells where it grows.
 */
final class Resize {
  private Resize() {}

  /** A picture of {@code height} rows in another size; each axis is scaled by itself. */
  static float[] plane(float[] values, int height, int width, int newHeight, int newWidth) {
    float[][] across = weights(width, newWidth);
    float[][] down = weights(height, newHeight);
    float[] narrow = new float[height * newWidth];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < newWidth; column++) {
        narrow[row * newWidth + column] = mean(across[column], values, row * width, 1);
      }
    }
    float[] result = new float[newHeight * newWidth];
    for (int row = 0; row < newHeight; row++) {
      for (int column = 0; column < newWidth; column++) {
        result[row * newWidth + column] = mean(down[row], narrow, column, newWidth);
      }
    }
    return result;
  }

  /** {@code weights[0]} is the first old cell taken, what follows are the weights from there on. */
  private static float mean(float[] weights, float[] values, int start, int step) {
    int first = (int) weights[0];
    double sum = 0;
    for (int i = 1; i < weights.length; i++) {
      sum += (double) weights[i] * values[start + (first + i - 1) * step];
    }
    return (float) sum;
  }

  private static float[][] weights(int length, int newLength) {
    float[][] weights = new float[newLength][];
    double scale = (double) length / newLength;
    for (int i = 0; i < newLength; i++) {
      weights[i] = scale >= 1 ? area(i * scale, (i + 1) * scale, length) : between((i + 0.5) * scale - 0.5, length);
    }
    return weights;
  }

  private static float[] area(double from, double to, int length) {
    int first = (int) from;
    int last = Math.min(length, (int) Math.ceil(to - 1e-9));
    float[] weights = new float[1 + last - first];
    weights[0] = first;
    for (int cell = first; cell < last; cell++) {
      weights[1 + cell - first] = (float) ((Math.min(to, cell + 1) - Math.max(from, cell)) / (to - from));
    }
    return weights;
  }

  private static float[] between(double center, int length) {
    double inside = Math.max(0, Math.min(length - 1, center));
    int first = Math.min((int) inside, Math.max(0, length - 2));
    double share = inside - first;
    return length == 1 ? new float[] {0, 1} : new float[] {first, (float) (1 - share), (float) share};
  }
}
