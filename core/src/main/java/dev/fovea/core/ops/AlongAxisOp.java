package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;

/** y from x of the same shape, where each line along one axis is computed by itself and its slope is told from y. */
abstract class AlongAxisOp implements Op {
  /** Elements a thread takes at a time, at least one line. */
  private static final int STRETCH = 1 << 12;

  private final int axis;

  AlongAxisOp(int axis) {
    this.axis = axis;
  }

  /** y from x for one line of n elements side by side; x and y are different places. */
  abstract void value(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** dx (+)= the gradient of one line, from that of y. */
  abstract void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add);

  @Override
  public final Shape infer(Shape... in) {
    if (in.length != 1) {
      throw new ShapeException(name() + ": expected one input, got " + in.length);
    }
    if (axis >= in[0].rank() || axis < -in[0].rank()) {
      throw new ShapeException(name() + ": expected an input that has axis " + axis + ", got " + in[0]);
    }
    return in[0];
  }

  @Override
  public final void forward(Tensor[] in, Tensor out) {
    Lines lines = Lines.of(out.shape(), axis);
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(lines.count, Math.max(1, STRETCH / lines.n), (from, to) -> {
      float[] line = lines.stride == 1 ? null : new float[lines.n];
      float[] result = lines.stride == 1 ? null : new float[lines.n];
      for (int i = from; i < to; i++) {
        int offset = lines.offset(i);
        if (line == null) {
          value(lines.n, x, offset, y, offset);
        } else {
          lines.gather(x, offset, line);
          value(lines.n, line, 0, result, 0);
          lines.scatter(result, y, offset, false);
        }
      }
    });
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    Lines lines = Lines.of(out.shape(), axis);
    boolean add = !in[0].claimGrad();
    float[] y = out.data();
    float[] dy = out.grad();
    float[] dx = in[0].grad();
    Parallel.ranges(lines.count, Math.max(1, STRETCH / lines.n), (from, to) -> {
      float[] line = lines.stride == 1 ? null : new float[lines.n];
      float[] slopes = lines.stride == 1 ? null : new float[lines.n];
      for (int i = from; i < to; i++) {
        int offset = lines.offset(i);
        if (line == null) {
          slope(lines.n, y, offset, dy, offset, dx, offset, add);
        } else {
          lines.gather(y, offset, line);
          lines.gather(dy, offset, slopes);
          slope(lines.n, line, 0, slopes, 0, slopes, 0, false);
          lines.scatter(slopes, dx, offset, add);
        }
      }
    });
  }

  @Override
  public final boolean backwardReads(int input) {
    return false;
  }

  /** The lines along an axis: how many, how long, and how far apart the elements of one are. */
  private static final class Lines {
    private final int count;
    private final int n;
    private final int stride;

    private Lines(int count, int n, int stride) {
      this.count = count;
      this.n = n;
      this.stride = stride;
    }

    private static Lines of(Shape shape, int axis) {
      int real = shape.axis(axis);
      int n = shape.dim(real);
      return new Lines(shape.size() / n, n, (int) shape.count(real + 1, shape.rank()));
    }

    private int offset(int line) {
      return line / stride * stride * n + line % stride;
    }

    private void gather(float[] from, int offset, float[] line) {
      for (int i = 0; i < n; i++) {
        line[i] = from[offset + i * stride];
      }
    }

    private void scatter(float[] line, float[] to, int offset, boolean add) {
      for (int i = 0; i < n; i++) {
        to[offset + i * stride] = add ? to[offset + i * stride] + line[i] : line[i];
      }
    }
  }
}
