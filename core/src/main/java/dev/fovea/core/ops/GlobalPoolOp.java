package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import java.util.Arrays;

/** What the global poolings share: every channel of every sample becomes one value, [N, C, ...] to [N, C]. */
abstract class GlobalPoolOp implements Op {
  /** Cells of the input a thread takes at a time, at least one channel. */
  private static final int STRETCH = 1 << 14;
  private static final int FIRST_SPATIAL_AXIS = 2;

  /** The value of channel {@code i} (counted over all samples), whose n cells begin at {@code offset}. */
  abstract float value(int i, int n, float[] x, int offset);

  /** dx (+)= the share of each cell in {@code dy}, the gradient of channel {@code i}. */
  abstract void slope(int i, int n, float dy, float[] dx, int offset, boolean add);

  /** The values of a block of channels, counted over all samples, whose n pixels begin at {@code offset}. */
  abstract void blockValue(int block, int n, float[] x, int offset, float[] values);

  /** dx (+)= the share of each cell in the gradients of a block of channels. */
  abstract void blockSlope(int block, int n, float[] slopes, float[] dx, int offset, boolean add);

  /** Makes room for what is kept of so many channels, those of padding included. */
  void keep(int channels) {}

  @Override
  public final Shape infer(Shape... in) {
    if (in.length != 1) {
      throw new ShapeException(name() + ": expected one input, got " + in.length);
    }
    if (in[0].rank() <= FIRST_SPATIAL_AXIS) {
      throw new ShapeException(name()
          + ": expected an input [N, C, L], [N, C, H, W] or with more spatial axes, got " + in[0]);
    }
    return Shape.of(in[0].dim(0), in[0].dim(1));
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public final void forward(Tensor[] in, Tensor out) {
    int n = cells(in[0].shape());
    int channels = in[0].length() / n;
    keep(channels);
    float[] x = in[0].data();
    float[] y = out.data();
    if (in[0].format() == MemoryFormat.PLAIN) {
      Parallel.ranges(channels, Math.max(1, STRETCH / n), (from, to) -> {
        for (int i = from; i < to; i++) {
          y[i] = value(i, n, x, i * n);
        }
      });
    } else {
      blocks(in[0], n, (block, first, real) -> {
        float[] values = Scratch.floats(Scratch.Purpose.ROW, MemoryFormat.BLOCK);
        blockValue(block, n, x, block * n * MemoryFormat.BLOCK, values);
        System.arraycopy(values, 0, y, first, real);
      });
    }
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    int n = cells(in[0].shape());
    boolean add = !in[0].claimGrad();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    if (in[0].format() == MemoryFormat.PLAIN) {
      Parallel.ranges(out.length(), Math.max(1, STRETCH / n), (from, to) -> {
        for (int i = from; i < to; i++) {
          slope(i, n, dy[i], dx, i * n, add);
        }
      });
    } else {
      blocks(in[0], n, (block, first, real) -> {
        float[] slopes = Scratch.floats(Scratch.Purpose.ROW, MemoryFormat.BLOCK);
        System.arraycopy(dy, first, slopes, 0, real);
        Arrays.fill(slopes, real, MemoryFormat.BLOCK, 0f);
        blockSlope(block, n, slopes, dx, block * n * MemoryFormat.BLOCK, add);
      });
    }
  }

  private static int cells(Shape shape) {
    return (int) shape.count(FIRST_SPATIAL_AXIS, shape.rank());
  }

  /** A block of channels, of which {@code real} are no padding; in [N, C] the first of them stands at {@code first}. */
  @FunctionalInterface
  private interface Block {
    void accept(int block, int first, int real);
  }

  /** Every block of every sample, on several threads. */
  private static void blocks(Tensor pictures, int n, Block body) {
    int channels = pictures.shape().dim(1);
    int blocks = (channels + MemoryFormat.BLOCK - 1) / MemoryFormat.BLOCK;
    Parallel.ranges(pictures.shape().dim(0) * blocks, Math.max(1, STRETCH / (n * MemoryFormat.BLOCK)), (from, to) -> {
      for (int i = from; i < to; i++) {
        int channel = i % blocks * MemoryFormat.BLOCK;
        body.accept(i, i / blocks * channels + channel, Math.min(MemoryFormat.BLOCK, channels - channel));
      }
    });
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
