package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;
import java.util.Arrays;

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
    if (rows.halve() && columns.halve()) {
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

  /** Any window: cell by cell of it, each over a whole row of places. */
  private void slide(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    for (int row = 0; row < rows.places; row++) {
      int o = yOffset + row * columns.places;
      Arrays.fill(y, o, o + columns.places, 0f);
      for (int i = rows.first[row]; i < rows.end[row]; i++) {
        int line = xOffset + (row * rows.stride + rows.start(i)) * columns.length;
        for (int j = 0; j < columns.kernel; j++) {
          gather(x, line + columns.start(j), columns.stride, y, o, columns.from[j], columns.to[j]);
        }
      }
      divide(row, rows, columns, y, o, y, o);
    }
  }

  private static void gather(float[] x, int start, int stride, float[] y, int o, int from, int to) {
    if (stride == 1) {
      Kernels.get().add(to - from, x, start + from, y, o + from, y, o + from);
      return;
    }
    for (int column = from; column < to; column++) {
      y[o + column] += x[start + column * stride];
    }
  }

  /** Divides one row of the output by the number of cells that count at each of its places. */
  private void divide(int row, Taps rows, Taps columns, float[] from, int fromOffset, float[] to, int toOffset) {
    float[] cells = cells(row, rows, columns);
    for (int column = 0; column < columns.places; column++) {
      to[toOffset + column] = from[fromOffset + column] / cells[column];
    }
  }

  /** How many cells count at each place of a row. */
  private float[] cells(int row, Taps rows, Taps columns) {
    float[] cells = Scratch.floats(Scratch.Purpose.ROW, columns.places);
    for (int column = 0; column < columns.places; column++) {
      cells[column] = countPadding
          ? (float) rows.kernel * columns.kernel
          : (float) rows.inside(row) * columns.inside(column);
    }
    return cells;
  }

  @Override
  void slope(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns, boolean add) {
    if (!add) {
      Arrays.fill(dx, xOffset, xOffset + rows.length * columns.length, 0f);
    }
    if (rows.halve() && columns.halve()) {
      spread(dy, yOffset, dx, xOffset, rows.places, columns.places, columns.length);
    } else {
      slideBack(dy, yOffset, dx, xOffset, rows, columns);
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

  private void slideBack(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns) {
    float[] shares = Scratch.floats(Scratch.Purpose.GRADIENT, columns.places);
    for (int row = 0; row < rows.places; row++) {
      divide(row, rows, columns, dy, yOffset + row * columns.places, shares, 0);
      for (int i = rows.first[row]; i < rows.end[row]; i++) {
        int line = xOffset + (row * rows.stride + rows.start(i)) * columns.length;
        for (int j = 0; j < columns.kernel; j++) {
          scatter(shares, dx, line + columns.start(j), columns.stride, columns.from[j], columns.to[j]);
        }
      }
    }
  }

  private static void scatter(float[] shares, float[] dx, int start, int stride, int from, int to) {
    if (stride == 1) {
      Kernels.get().add(to - from, shares, from, dx, start + from, dx, start + from);
      return;
    }
    for (int column = from; column < to; column++) {
      dx[start + column * stride] += shares[column];
    }
  }

  @Override
  void blockValue(int block, int row, float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    BlockKernels kernels = BlockKernels.get();
    int places = columns.places;
    int o = yOffset + row * places * MemoryFormat.BLOCK;
    if (rows.halve() && columns.halve()) {
      int upper = xOffset + 2 * row * columns.length * MemoryFormat.BLOCK;
      kernels.halveBySum(places, QUARTER, x, upper, upper + columns.length * MemoryFormat.BLOCK, y, o);
      return;
    }
    Arrays.fill(y, o, o + places * MemoryFormat.BLOCK, 0f);
    for (int i = rows.first[row]; i < rows.end[row]; i++) {
      int line = (row * rows.stride + rows.start(i)) * columns.length;
      for (int j = 0; j < columns.kernel; j++) {
        int from = columns.from[j];
        int cell = xOffset + (line + columns.start(j) + from * columns.stride) * MemoryFormat.BLOCK;
        kernels.gather(columns.to[j] - from, x, cell, columns.stride, y, o + from * MemoryFormat.BLOCK);
      }
    }
    kernels.divide(places, cells(row, rows, columns), y, o, y, o);
  }

  @Override
  void blockSlope(int block, int row, float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns,
      boolean add) {
    BlockKernels kernels = BlockKernels.get();
    int places = columns.places;
    int line = xOffset + row * columns.length * MemoryFormat.BLOCK;
    boolean halved = rows.halve() && columns.halve() && row < 2 * rows.places;
    if (!add) {
      int written = halved ? 2 * places : 0;
      startRow(dx, line + written * MemoryFormat.BLOCK, columns.length - written);
    }
    if (halved) {
      kernels.spreadPairs(places, QUARTER, dy, yOffset + row / 2 * places * MemoryFormat.BLOCK, dx, line, add);
      return;
    }
    float[] shares = Scratch.floats(Scratch.Purpose.GRADIENT, places * MemoryFormat.BLOCK);
    for (int i = 0; i < rows.kernel; i++) {
      int place = rows.placeOf(i, row);
      if (place >= 0) {
        kernels.divide(places, cells(place, rows, columns), dy, yOffset + place * places * MemoryFormat.BLOCK,
            shares, 0);
      }
      for (int j = 0; place >= 0 && j < columns.kernel; j++) {
        int from = columns.from[j];
        int cell = line + (columns.start(j) + from * columns.stride) * MemoryFormat.BLOCK;
        kernels.scatter(columns.to[j] - from, shares, from * MemoryFormat.BLOCK, dx, cell, columns.stride);
      }
    }
  }
}
