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
    for (int column = 0; column < columns.places; column++) {
      float cells = countPadding
          ? (float) rows.kernel * columns.kernel
          : (float) rows.inside(row) * columns.inside(column);
      to[toOffset + column] = from[fromOffset + column] / cells;
    }
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
  void blockValue(int block, int row, float[] x, int xOffset, float[] y, int yOffset, BlockWindows windows) {
    for (BlockWindows.Stretch stretch : windows.stretches) {
      int pixel = row * windows.columns.places + stretch.from;
      BlockKernels.get().meanUnder(stretch.n, stretch.firstCell(row), stretch.endCell(row), stretch.cells,
          cells(row, windows, stretch), x, xOffset + windows.offset(row, stretch.from), windows.columns.stride,
          y, yOffset + pixel * MemoryFormat.BLOCK);
    }
  }

  /** How many cells count at the places of a stretch of a row. */
  private float cells(int row, BlockWindows windows, BlockWindows.Stretch stretch) {
    return countPadding
        ? (float) windows.rows.kernel * windows.columns.kernel
        : (float) windows.rows.inside(row) * stretch.width;
  }

  @Override
  void blockSlope(int block, int row, float[] dy, int yOffset, float[] dx, int xOffset, BlockWindows windows,
      boolean add) {
    Taps columns = windows.columns;
    int line = xOffset + row * columns.length * MemoryFormat.BLOCK;
    int halved = windows.halve() && row < 2 * windows.rows.places ? 2 * columns.places : 0;
    if (!add) {
      startRow(dx, line + halved * MemoryFormat.BLOCK, columns.length - halved);
    }
    if (halved > 0) {
      BlockKernels.get().spreadPairs(columns.places, QUARTER,
          dy, yOffset + row / 2 * columns.places * MemoryFormat.BLOCK, dx, line, add);
      return;
    }
    for (int i = 0; i < windows.rows.kernel; i++) {
      int place = windows.rows.placeOf(i, row);
      for (BlockWindows.Stretch stretch : windows.stretches) {
        if (place >= 0) {
          scatter(place, stretch, dy, yOffset, dx, line, windows);
        }
      }
    }
  }

  /** Adds what a stretch of a row of places has to give to a row of pixels. */
  private void scatter(int row, BlockWindows.Stretch stretch, float[] dy, int yOffset, float[] dx, int line,
      BlockWindows windows) {
    Taps columns = windows.columns;
    int o = yOffset + (row * columns.places + stretch.from) * MemoryFormat.BLOCK;
    for (int j = columns.first[stretch.from]; j < columns.end[stretch.from]; j++) {
      int cell = line + (columns.start(j) + stretch.from * columns.stride) * MemoryFormat.BLOCK;
      BlockKernels.get().scatter(stretch.n, cells(row, windows, stretch), dy, o, dx, cell, columns.stride);
    }
  }
}
