package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;

/**
 * What the poolings share: each channel of each sample is pooled by itself, [N, C, H, W] to [N, C, H', W']. In the
 * plain format a thread takes whole planes; in blocks of channels it takes rows, since the kernels' lanes are channels
 * and a row is enough work.
 */
abstract class Pool2DOp implements Op {
  /** Floats of the input a thread takes at a time, at least one plane or some rows. */
  private static final int STRETCH = 1 << 14;
  /** Rows begin a stretch at multiples of this, so that no two threads write bytes of one int. */
  private static final int ROWS_TOGETHER = 4;

  final Window2D window;
  private Taps rows;
  private Taps columns;
  private BlockWindows windows;

  Pool2DOp(Window2D window) {
    if (window.mayMissThePicture()) {
      throw new IllegalArgumentException(name() + ": padding must be shorter than the kernel, or a window would lie "
          + "wholly in it, got " + window);
    }
    this.window = window;
  }

  /** Whether its windows are 2 by 2 cells side by side, without padding. */
  final boolean halves() {
    return window.equals(Window2D.of(2).withStride(2));
  }

  /** Pools one plane. */
  abstract void value(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns);

  /** dx (+)= the gradient of one plane, from that of its output. */
  abstract void slope(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns, boolean add);

  /** Pools one row of places of a block of channels; offsets are where the blocks begin. */
  abstract void blockValue(int block, int row, float[] x, int xOffset, float[] y, int yOffset, BlockWindows windows);

  /** dx (+)= the gradient of one row of pixels of a block of channels; offsets are where the blocks begin. */
  abstract void blockSlope(int block, int row, float[] dy, int yOffset, float[] dx, int xOffset,
      BlockWindows windows, boolean add);

  /** Makes room for what is kept of an output. */
  void keep(Tensor out) {}

  @Override
  public final Shape infer(Shape... in) {
    if (in.length != 1) {
      throw new ShapeException(name() + ": expected one input, got " + in.length);
    }
    Shape out = window.outputShape(name(), in[0]);
    if (Taps.rows(window, in[0].dim(2)).somePlaceIsEmpty() || Taps.columns(window, in[0].dim(3)).somePlaceIsEmpty()) {
      throw new ShapeException(name() + ": input " + in[0] + ": the picture falls between the cells of the window, "
          + window + "; a smaller dilation would fit");
    }
    return out;
  }

  @Override
  public final void forward(Tensor[] in, Tensor out) {
    findTaps(in[0].shape());
    keep(out);
    float[] x = in[0].data();
    float[] y = out.data();
    int plane = floatsAPlane(in[0]);
    int outPlane = floatsAPlane(out);
    if (out.format() == MemoryFormat.PLAIN) {
      Parallel.ranges(out.length() / outPlane, Math.max(1, STRETCH / plane), (from, to) -> {
        for (int i = from; i < to; i++) {
          value(x, i * plane, y, i * outPlane, rows, columns);
        }
      });
    } else {
      blockRows(out.length() / outPlane, rows.places, plane, (block, row) ->
          blockValue(block, row, x, block * plane, y, block * outPlane, windows));
    }
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    findTaps(in[0].shape());
    boolean add = !in[0].claimGrad();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    int plane = floatsAPlane(in[0]);
    int outPlane = floatsAPlane(out);
    if (out.format() == MemoryFormat.PLAIN) {
      Parallel.ranges(out.length() / outPlane, Math.max(1, STRETCH / plane), (from, to) -> {
        for (int i = from; i < to; i++) {
          slope(dy, i * outPlane, dx, i * plane, rows, columns, add);
        }
      });
    } else {
      blockRows(out.length() / outPlane, rows.length, plane, (block, row) ->
          blockSlope(block, row, dy, block * outPlane, dx, block * plane, windows, add));
    }
  }

  private void findTaps(Shape in) {
    if (rows == null || rows.length != in.dim(2) || columns.length != in.dim(3)) {
      rows = Taps.rows(window, in.dim(2));
      columns = Taps.columns(window, in.dim(3));
      windows = new BlockWindows(rows, columns);
    }
  }

  /** The floats of a plane, or of all the planes of a block. */
  private static int floatsAPlane(Tensor tensor) {
    int pixels = tensor.shape().dim(2) * tensor.shape().dim(3);
    return tensor.format() == MemoryFormat.PLAIN ? pixels : pixels * MemoryFormat.BLOCK;
  }

  /** A row of a block of channels. */
  @FunctionalInterface
  private interface BlockRow {
    void accept(int block, int row);
  }

  /** Every row of every block, on several threads; {@code floats} is the size of a block. */
  private static void blockRows(int blocks, int rowsABlock, int floats, BlockRow body) {
    long share = (long) STRETCH * rowsABlock / floats / ROWS_TOGETHER * ROWS_TOGETHER;
    int together = floats <= STRETCH ? rowsABlock : (int) Math.max(ROWS_TOGETHER, share);
    int bands = (rowsABlock + together - 1) / together;
    Parallel.ranges(blocks * bands, Math.max(1, STRETCH / floats), (from, to) -> {
      for (int i = from; i < to; i++) {
        int first = i % bands * together;
        for (int row = first; row < Math.min(rowsABlock, first + together); row++) {
          body.accept(i / bands, row);
        }
      }
    });
  }

  /** Zeros for the pixels of a row of a block of channels that is to be added into from now on. */
  static void startRow(float[] dx, int offset, int pixels) {
    Arrays.fill(dx, offset, offset + pixels * MemoryFormat.BLOCK, 0f);
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public final boolean backwardReads(int input) {
    return false;
  }

  @Override
  public final boolean backwardReadsOutput() {
    return false;
  }
}
