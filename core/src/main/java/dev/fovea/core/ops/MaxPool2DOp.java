package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.BlockKernels;
import java.util.Arrays;

/**
 * y[n, c, i, j] = the largest cell of x[n, c] under the window at place (i, j); {@code [N, C, H, W]} to
 * {@code [N, C, H', W']}. Padding counts as minus infinity, so it is never chosen. The gradient goes to the chosen
 * cell, the first of several that are equally large, as in PyTorch. A NaN under the window makes the output NaN.
 */
public final class MaxPool2DOp extends Pool2DOp {
  private static final int MOST_CELLS = 1 << Character.SIZE;
  private static final int MOST_CELLS_IN_A_BYTE = 1 << Byte.SIZE;

  private final boolean needsTwoBytes;
  /** Plain format, per output: the number of the chosen cell in its window, row by row; the lower 8 bits of it. */
  private byte[] chosen = {};
  /** The upper 8 bits, where a window has so many cells. */
  private byte[] chosenHigh = {};
  /** Blocked format: the same, packed as {@link BlockKernels} say. */
  private int[] blockChosen = {};

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
    needsTwoBytes = cells > MOST_CELLS_IN_A_BYTE;
  }

  @Override
  void keep(Tensor out) {
    int outputs = out.shape().size();
    if (out.format() == MemoryFormat.BLOCKED) {
      int ints = blocks(out.shape()) * out.shape().dim(0) * choiceLength(out.shape());
      blockChosen = blockChosen.length < ints ? new int[ints] : blockChosen;
    } else {
      chosen = chosen.length < outputs ? new byte[outputs] : chosen;
      chosenHigh = needsTwoBytes && chosenHigh.length < outputs ? new byte[outputs] : chosenHigh;
    }
  }

  private static int blocks(Shape shape) {
    return (shape.dim(1) + MemoryFormat.BLOCK - 1) / MemoryFormat.BLOCK;
  }

  private static int choiceLength(Shape shape) {
    return BlockKernels.choiceLength(shape.dim(2) * shape.dim(3));
  }

  /** A byte an output; two where windows have more than 256 cells. */
  @Override
  public long keptBytes(Shape... in) {
    return infer(in).elements() * (needsTwoBytes ? 2 : 1);
  }

  /** In blocks channels of padding have their bytes too, and each block of a sample fills whole ints. */
  @Override
  public long keptBytes(MemoryFormat format, Shape... in) {
    Shape out = infer(in);
    return format == MemoryFormat.PLAIN ? keptBytes(in)
        : (long) Integer.BYTES * blocks(out) * out.dim(0) * choiceLength(out);
  }

  /** Choices in blocks have one byte each. */
  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return format == MemoryFormat.PLAIN || !needsTwoBytes && super.takes(format, in);
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
        chosen[o] = (byte) (ab >= cd ? inUpper : inLower);
      }
    }
  }

  /** Any window: cell by cell of it, each over a whole row of places, so that the inner loop has no branches either. */
  private void slide(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns) {
    for (int row = 0; row < rows.places; row++) {
      int o = yOffset + row * columns.places;
      for (int column = 0; column < columns.places; column++) {
        y[o + column] = Float.NEGATIVE_INFINITY;
        choose(o + column, rows.first[row] * columns.kernel + columns.first[column]);
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

  private void choose(int output, int number) {
    chosen[output] = (byte) number;
    if (needsTwoBytes) {
      chosenHigh[output] = (byte) (number >> Byte.SIZE);
    }
  }

  private void take(int number, float[] x, int start, int stride, float[] y, int o, int from, int to) {
    if (needsTwoBytes) {
      noteHigh((byte) (number >> Byte.SIZE), x, start, stride, y, o, from, to);
    }
    for (int column = from; column < to; column++) {
      float cell = x[start + column * stride];
      float most = y[o + column];
      chosen[o + column] = (byte) (cell <= most ? chosen[o + column] : number);
      y[o + column] = Math.max(most, cell);
    }
  }

  private void noteHigh(byte number, float[] x, int start, int stride, float[] y, int o, int from, int to) {
    for (int column = from; column < to; column++) {
      chosenHigh[o + column] = x[start + column * stride] <= y[o + column] ? chosenHigh[o + column] : number;
    }
  }

  @Override
  void slope(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns, boolean add) {
    if (rows.halve() && columns.halve()) {
      giveHalved(dy, yOffset, dx, xOffset, rows, columns, add);
      return;
    }
    if (!add) {
      Arrays.fill(dx, xOffset, xOffset + rows.length * columns.length, 0f);
    }
    int o = yOffset;
    for (int row = 0; row < rows.places; row++) {
      for (int column = 0; column < columns.places; column++, o++) {
        int number = chosen[o] & 0xFF | (needsTwoBytes ? (chosenHigh[o] & 0xFF) << Byte.SIZE : 0);
        int i = number / columns.kernel;
        int j = number - i * columns.kernel;
        int line = xOffset + (row * rows.stride + rows.start(i)) * columns.length;
        dx[line + column * columns.stride + columns.start(j)] += dy[o];
      }
    }
  }

  /** Each cell is in one window at most, so all are written once, those beside the windows with 0. */
  private void giveHalved(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns, boolean add) {
    int width = columns.length;
    for (int row = 0; row < rows.length; row++) {
      int line = xOffset + row * width;
      int covered = row < 2 * rows.places ? columns.places : 0;
      giveRow(covered, row % 2 * 2, dy, yOffset + row / 2 * columns.places, dx, line, add);
      for (int column = 2 * covered; !add && column < width; column++) {
        dx[line + column] = 0f;
      }
    }
  }

  private void giveRow(int n, int number, float[] dy, int o, float[] dx, int line, boolean add) {
    for (int column = 0; column < n; column++) {
      float left = giveIf(chosen[o + column] ^ number, dy[o + column]);
      float right = giveIf(chosen[o + column] ^ number + 1, dy[o + column]);
      int cell = line + 2 * column;
      dx[cell] = add ? dx[cell] + left : left;
      dx[cell + 1] = add ? dx[cell + 1] + right : right;
    }
  }

  /** The value if the difference is 0, which none below 0 is; else 0. A branch could not be foretold. */
  private static float giveIf(int difference, float value) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & difference - 1 >> Integer.SIZE - 1);
  }

  @Override
  void blockValue(int block, int row, float[] x, int xOffset, float[] y, int yOffset, BlockWindows windows) {
    BlockKernels kernels = BlockKernels.get();
    int places = windows.columns.places;
    int origin = block * BlockKernels.choiceLength(windows.rows.places * places);
    if (windows.halve()) {
      int upper = xOffset + windows.offset(row, 0);
      int lower = upper + windows.columns.length * MemoryFormat.BLOCK;
      kernels.halveByMaximum(places, x, upper, lower, y, yOffset + row * places * MemoryFormat.BLOCK,
          blockChosen, origin, row * places);
      return;
    }
    for (BlockWindows.Stretch stretch : windows.stretches) {
      int pixel = row * places + stretch.from;
      kernels.largestUnder(stretch.n, stretch.firstCell(row), stretch.endCell(row), stretch.cells, stretch.numbers,
          x, xOffset + windows.offset(row, stretch.from), windows.columns.stride,
          y, yOffset + pixel * MemoryFormat.BLOCK, blockChosen, origin, pixel);
    }
  }

  @Override
  void blockSlope(int block, int row, float[] dy, int yOffset, float[] dx, int xOffset, BlockWindows windows,
      boolean add) {
    BlockKernels kernels = BlockKernels.get();
    Taps columns = windows.columns;
    int places = columns.places;
    int line = xOffset + row * columns.length * MemoryFormat.BLOCK;
    int origin = block * BlockKernels.choiceLength(windows.rows.places * places);
    int halved = windows.halve() && row < 2 * windows.rows.places ? 2 * places : 0;
    if (!add) {
      startRow(dx, line + halved * MemoryFormat.BLOCK, columns.length - halved);
    }
    if (halved > 0) {
      int first = row / 2 * places;
      kernels.givePairs(places, row % 2 * 2, dy, yOffset + first * MemoryFormat.BLOCK, blockChosen, origin, first,
          dx, line, add);
      return;
    }
    for (int i = 0; i < windows.rows.kernel; i++) {
      int place = windows.rows.placeOf(i, row);
      for (int j = 0; place >= 0 && j < columns.kernel; j++) {
        int from = columns.from[j];
        int first = place * places + from;
        int cell = line + (columns.start(j) + from * columns.stride) * MemoryFormat.BLOCK;
        kernels.giveToChosen(columns.to[j] - from, i * columns.kernel + j, dy, yOffset + first * MemoryFormat.BLOCK,
            blockChosen, origin, first, dx, cell, columns.stride);
      }
    }
  }
}
