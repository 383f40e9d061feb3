package dev.fovea.core.ops;

import dev.fovea.core.Shape;

/**
 * y[n, c, i, j] = the largest cell of x[n, c] under the window at place (i, j); {@code [N, C, H, W]} to
 * {@code [N, C, H', W']}. Padding counts as minus infinity, so it is never chosen. The gradient goes to the chosen
 * cell, the first of several that are equally large, as in PyTorch. A NaN under the window makes the output NaN.
 */
public final class MaxPool2DOp extends Pool2DOp {
  private static final int MOST_CELLS = 1 << Character.SIZE;

  /** Per output: the number of the chosen cell in its window, row by row. */
  private char[] chosen = {};

  /**
   * Maximum pooling under this window.
   *
   * @throws IllegalArgumentException if it has more than 65,536 cells
   */
  public MaxPool2DOp(Window2D window) {
    super(window);
    long cells = (long) window.kernelHeight() * window.kernelWidth();
    if (cells > MOST_CELLS) {
      throw new IllegalArgumentException(name() + ": the kernel may have at most " + MOST_CELLS + " cells, got "
          + window.kernelHeight() + "x" + window.kernelWidth() + " = " + cells + "; global max pooling has no limit");
    }
  }

  @Override
  void keep(int outputs) {
    if (chosen.length < outputs) {
      chosen = new char[outputs];
    }
  }

  @Override
  public long keptBytes(Shape... in) {
    return infer(in).elements() * Character.BYTES;
  }

  @Override
  void value(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    if (rows.halve() && columns.halve()) {
      halve(x, xOffset, y, yOffset, rows.places, columns.places, columns.length);
    } else {
      slide(x, xOffset, y, yOffset, rows, columns);
    }
  }

  /**
   * Windows of 2 by 2 side by side. Maxima and selections instead of branches, which random pictures make
   * unpredictable: 3 ns an output instead of 14.
   */
  private void halve(float[] x, int xOffset, float[] y, int yOffset, int height, int width, int rowLength) {
    for (int row = 0; row < height; row++) {
      int upper = xOffset + 2 * row * rowLength;
      int lower = upper + rowLength;
      int o = yOffset + row * width;
      for (int column = 0; column < width; column++, upper += 2, lower += 2, o++) {
        float a = x[upper];
        float b = x[upper + 1];
        float c = x[lower];
        float d = x[lower + 1];
        float ab = Math.max(a, b);
        float cd = Math.max(c, d);
        int inUpper = a >= b ? 0 : 1;
        int inLower = c >= d ? 2 : 3;
        y[o] = Math.max(ab, cd);
        chosen[o] = (char) (ab >= cd ? inUpper : inLower);
      }
    }
  }

  /** Any window: cell by cell of it, each over a whole row of places, so that the inner loop has no branches either. */
  private void slide(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    for (int row = 0; row < rows.places; row++) {
      int o = yOffset + row * columns.places;
      for (int column = 0; column < columns.places; column++) {
        y[o + column] = Float.NEGATIVE_INFINITY;
        chosen[o + column] = (char) (rows.first[row] * columns.kernel + columns.first[column]);
      }
      for (int i = rows.first[row]; i < rows.end[row]; i++) {
        int line = xOffset + (row * rows.stride + rows.start(i)) * columns.length;
        for (int j = 0; j < columns.kernel; j++) {
          int number = i * columns.kernel + j;
          take(number, x, line + columns.start(j), columns.stride, y, o, columns.from[j], columns.to[j]);
        }
      }
    }
  }

  private void take(int number, float[] x, int start, int stride, float[] y, int o, int from, int to) {
    for (int column = from; column < to; column++) {
      float cell = x[start + column * stride];
      float most = y[o + column];
      chosen[o + column] = (char) (cell <= most ? chosen[o + column] : number);
      y[o + column] = Math.max(most, cell);
    }
  }

  @Override
  void slope(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns) {
    int o = yOffset;
    for (int row = 0; row < rows.places; row++) {
      for (int column = 0; column < columns.places; column++, o++) {
        int i = chosen[o] / columns.kernel;
        int j = chosen[o] - i * columns.kernel;
        int line = xOffset + (row * rows.stride + rows.start(i)) * columns.length;
        dx[line + column * columns.stride + columns.start(j)] += dy[o];
      }
    }
  }
}
