package dev.fovea.core.ops;

/**
 * y[n, c, i, j] = the mean of x[n, c] under the window at place (i, j); {@code [N, C, H, W]} to {@code [N, C, H', W']}.
 * Padding counts as 0. The sum is divided by the size of the window, or by the number of its cells inside the picture:
 * PyTorch's {@code count_include_pad}, true and false; TensorFlow and Keras do the latter.
 */
public final class AveragePool2DOp extends Pool2DOp {
  private static final float QUARTER = 0.25f;

  private final boolean countPadding;

  /** Average pooling under this window; {@code countPadding} says whether cells in the padding count in the mean. */
  public AveragePool2DOp(Window2D window, boolean countPadding) {
    super(window);
    this.countPadding = countPadding;
  }

  @Override
  void value(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    if (halves(rows, columns)) {
      halve(x, xOffset, y, yOffset, rows.places, columns.places, columns.length);
    } else {
      slide(x, xOffset, y, yOffset, rows, columns);
    }
  }

  private static void halve(float[] x, int xOffset, float[] y, int yOffset, int height, int width, int rowLength) {
    for (int row = 0; row < height; row++) {
      int upper = xOffset + 2 * row * rowLength;
      int lower = upper + rowLength;
      int o = yOffset + row * width;
      for (int column = 0; column < width; column++, upper += 2, lower += 2, o++) {
        y[o] = QUARTER * ((x[upper] + x[upper + 1]) + (x[lower] + x[lower + 1]));
      }
    }
  }

  private void slide(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    int o = yOffset;
    for (int row = 0; row < rows.places; row++) {
      for (int column = 0; column < columns.places; column++, o++) {
        int origin = xOffset + rows.start[row] * columns.length + columns.start[column];
        y[o] = sum(x, origin, rows, row, columns, column) / divisor(rows, row, columns, column);
      }
    }
  }

  private static float sum(float[] x, int origin, Taps rows, int row, Taps columns, int column) {
    float sum = 0;
    for (int i = rows.first[row]; i < rows.end[row]; i++) {
      int line = origin + i * rows.dilation * columns.length;
      for (int j = columns.first[column]; j < columns.end[column]; j++) {
        sum += x[line + j * columns.dilation];
      }
    }
    return sum;
  }

  private float divisor(Taps rows, int row, Taps columns, int column) {
    if (countPadding) {
      return (float) window.kernelHeight() * window.kernelWidth();
    }
    return (float) (rows.end[row] - rows.first[row]) * (columns.end[column] - columns.first[column]);
  }

  @Override
  void slope(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns) {
    if (halves(rows, columns)) {
      spread(dy, yOffset, dx, xOffset, rows.places, columns.places, columns.length);
      return;
    }
    int o = yOffset;
    for (int row = 0; row < rows.places; row++) {
      for (int column = 0; column < columns.places; column++, o++) {
        int origin = xOffset + rows.start[row] * columns.length + columns.start[column];
        add(dy[o] / divisor(rows, row, columns, column), dx, origin, rows, row, columns, column);
      }
    }
  }

  private static void spread(float[] dy, int yOffset, float[] dx, int xOffset, int height, int width, int rowLength) {
    for (int row = 0; row < height; row++) {
      int upper = xOffset + 2 * row * rowLength;
      int lower = upper + rowLength;
      int o = yOffset + row * width;
      for (int column = 0; column < width; column++, upper += 2, lower += 2, o++) {
        float share = QUARTER * dy[o];
        dx[upper] += share;
        dx[upper + 1] += share;
        dx[lower] += share;
        dx[lower + 1] += share;
      }
    }
  }

  private static void add(float share, float[] dx, int origin, Taps rows, int row, Taps columns, int column) {
    for (int i = rows.first[row]; i < rows.end[row]; i++) {
      int line = origin + i * rows.dilation * columns.length;
      for (int j = columns.first[column]; j < columns.end[column]; j++) {
        dx[line + j * columns.dilation] += share;
      }
    }
  }
}
