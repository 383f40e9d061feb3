package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * Two tensors or more one behind the other along an axis; the other axes must agree. [N, A, H, W] and [N, B, H, W]
 * joined along axis 1 are [N, A + B, H, W]. The gradient is cut up again in the same way.
 */
public final class ConcatOp implements Op {
  private final int axis;

  /** A concatenation along this axis; negative numbers count from the end. */
  public ConcatOp(int axis) {
    this.axis = axis;
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length < 2) {
      throw new ShapeException("concat: expected two inputs or more, got " + in.length);
    }
    int along = Axes.real(name(), in[0], axis);
    long length = 0;
    for (int i = 0; i < in.length; i++) {
      boolean fits = in[i].rank() == in[0].rank() && in[i].with(along, in[0].dim(along)).equals(in[0]);
      if (!fits) {
        throw new ShapeException("concat: expected shapes that differ at axis " + axis + " alone, got " + in[0]
            + " and, as input " + i + ", " + in[i]);
      }
      length += in[i].dim(along);
    }
    if (length > Integer.MAX_VALUE) {
      throw new ShapeException("concat: expected at most 2147483647 along axis " + axis + ", got " + length);
    }
    return in[0].with(along, (int) length);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    int row = row(out.shape());
    int at = 0;
    for (Tensor x : in) {
      int own = row(x.shape());
      Strips.move(out.shape().size() / row, own, x.data(), 0, own, out.data(), at, row, false);
      at += own;
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    int row = row(out.shape());
    int at = 0;
    for (Tensor x : in) {
      int own = row(x.shape());
      if (x.wantsGrad()) {
        boolean add = !x.claimGrad();
        Strips.move(out.shape().size() / row, own, out.grad(), at, row, x.grad(), 0, own, add);
      }
      at += own;
    }
  }

  /** Elements that lie together in memory: those of the axis and all inside it. */
  private int row(Shape shape) {
    return (int) shape.count(shape.axis(axis), shape.rank());
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
