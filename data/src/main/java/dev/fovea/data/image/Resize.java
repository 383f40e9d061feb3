package dev.fovea.data.image;

/**
 * Pictures brought to another size by cubic resampling, along rows and then along columns.
 *
 * <p>The filter is Keys' cubic convolution with a = -1/2 ("Cubic convolution interpolation for digital image
 * processing", IEEE Transactions on Acoustics, Speech, and Signal Processing 29, 1981):
 * <pre>
 * k(t) = (3|t|^3 - 5|t|^2 + 2) / 2            for |t| &lt; 1
 *      = (-|t|^3 + 5|t|^2 - 8|t| + 4) / 2     for 1 &lt;= |t| &lt; 2,  0 beyond
 * </pre>
 * Where a picture shrinks, the filter is as much wider as the picture becomes smaller, so that all old pixels count and
 * no stripes appear that were not there; at the border the weights inside are scaled to sum to 1. This is what Pillow
 * calls BICUBIC. At edges it may go a little beyond the old values.
 */
public final class Resize {
  private Resize() {}

  /**
   * One channel in another size; each axis is scaled by itself.
   *
   * @param values {@code height} rows of {@code width} values
   */
  public static float[] plane(float[] values, int height, int width, int newHeight, int newWidth) {
    return interleaved((y, row) -> System.arraycopy(values, y * width, row, 0, width), 1,
        Taps.of(height, 0, height, newHeight), width, Taps.of(width, 0, width, newWidth));
  }

  /** Gives the rows of a picture. */
  @FunctionalInterface
  interface Rows {
    /** Writes row {@code y}, pixel by pixel, the channels of a pixel side by side. */
    void read(int y, float[] row);
  }

  /** The new picture, row by row and pixel by pixel, from rows that are read once each and in order. */
  static float[] interleaved(Rows rows, int channels, Taps down, int width, Taps across) {
    int newRow = across.count() * channels;
    float[] result = new float[down.count() * newRow];
    float[] row = new float[width * channels];
    float[] narrow = new float[newRow];
    int begun = 0;
    for (int y = down.from(0); y < down.to(down.count() - 1); y++) {
      rows.read(y, row);
      if (channels == 1) {
        narrowGrey(row, across, narrow);
      } else {
        narrowColors(row, across, narrow);
      }
      while (down.to(begun) <= y) {
        begun++;
      }
      for (int i = begun; i < down.count() && down.from(i) <= y; i++) {
        add(down.weight(i, y), narrow, result, i * newRow);
      }
    }
    return result;
  }

  private static void narrowGrey(float[] row, Taps across, float[] narrow) {
    for (int x = 0; x < narrow.length; x++) {
      float[] weights = across.weights(x);
      int first = across.from(x);
      float sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * row[first + i];
      }
      narrow[x] = sum;
    }
  }

  private static void narrowColors(float[] row, Taps across, float[] narrow) {
    for (int x = 0; x < across.count(); x++) {
      float[] weights = across.weights(x);
      int first = 3 * across.from(x);
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int i = 0; i < weights.length; i++) {
        red += weights[i] * row[first + 3 * i];
        green += weights[i] * row[first + 3 * i + 1];
        blue += weights[i] * row[first + 3 * i + 2];
      }
      narrow[3 * x] = red;
      narrow[3 * x + 1] = green;
      narrow[3 * x + 2] = blue;
    }
  }

  private static void add(float weight, float[] row, float[] result, int offset) {
    for (int i = 0; i < row.length; i++) {
      result[offset + i] += weight * row[i];
    }
  }
}
