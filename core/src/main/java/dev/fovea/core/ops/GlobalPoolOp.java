package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;

/** What the global poolings share: every channel of every sample becomes one value, [N, C, ...] to [N, C]. */
abstract class GlobalPoolOp implements Op {
  /** Cells of the input a thread takes at a time, at least one channel. */
  private static final int STRETCH = 1 << 14;
  private static final int FIRST_SPATIAL_AXIS = 2;

  /** The value of channel {@code i} (counted over all samples), whose n cells begin at {@code offset}. */
  abstract float value(int i, int n, float[] x, int offset);

  /** dx (+)= the share of each cell in {@code dy}, the gradient of channel {@code i}. */
  abstract void slope(int i, int n, float dy, float[] dx, int offset, boolean add);

  /** Makes room for what is kept of so many channels. */
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
  public final void forward(Tensor[] in, Tensor out) {
    int channels = out.shape().size();
    int n = in[0].shape().size() / channels;
    keep(channels);
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(channels, Math.max(1, STRETCH / n), (from, to) -> {
      for (int i = from; i < to; i++) {
        y[i] = value(i, n, x, i * n);
      }
    });
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    int channels = out.shape().size();
    int n = in[0].shape().size() / channels;
    boolean add = !in[0].claimGrad();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    Parallel.ranges(channels, Math.max(1, STRETCH / n), (from, to) -> {
      for (int i = from; i < to; i++) {
        slope(i, n, dy[i], dx, i * n, add);
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
