package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;

/** What the poolings share: each plane (a channel of a sample) is pooled by itself, [N, C, H, W] to [N, C, H', W']. */
abstract class Pool2DOp implements Op {
  /** Cells of the input a thread takes at a time, at least one plane. */
  private static final int STRETCH = 1 << 14;

  final Window2D window;

  Pool2DOp(Window2D window) {
    if (window.mayMissThePicture()) {
      throw new IllegalArgumentException(name() + ": padding must be shorter than the kernel, or a window would lie "
          + "wholly in it, got " + window);
    }
    this.window = window;
  }

  /** Pools one plane. */
  abstract void value(float[] x, int xOffset, float[] y, int yOffset, Taps rows, Taps columns);

  /** Adds the gradient of one plane's output to that of its input. */
  abstract void slope(float[] dy, int yOffset, float[] dx, int xOffset, Taps rows, Taps columns);

  /** Makes room for what is kept of so many outputs. */
  void keep(int outputs) {}

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
    Taps rows = Taps.rows(window, in[0].shape().dim(2));
    Taps columns = Taps.columns(window, in[0].shape().dim(3));
    int plane = rows.length * columns.length;
    int outPlane = rows.places * columns.places;
    keep(out.shape().size());
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(out.shape().size() / outPlane, planesAtATime(plane), (from, to) -> {
      for (int i = from; i < to; i++) {
        value(x, i * plane, y, i * outPlane, rows, columns);
      }
    });
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    Taps rows = Taps.rows(window, in[0].shape().dim(2));
    Taps columns = Taps.columns(window, in[0].shape().dim(3));
    int plane = rows.length * columns.length;
    int outPlane = rows.places * columns.places;
    boolean first = in[0].claimGrad();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    Parallel.ranges(out.shape().size() / outPlane, planesAtATime(plane), (from, to) -> {
      for (int i = from; i < to; i++) {
        if (first) {
          Arrays.fill(dx, i * plane, (i + 1) * plane, 0f);
        }
        slope(dy, i * outPlane, dx, i * plane, rows, columns);
      }
    });
  }

  private static int planesAtATime(int plane) {
    return Math.max(1, STRETCH / plane);
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
