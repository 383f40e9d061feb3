package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
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
    int row = row(out);
    int at = 0;
    for (Tensor x : in) {
      int own = row(x);
      Strips.move(out.length() / row, own, x.data(), 0, own, out.data(), at, row, false);
      at += own;
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    int row = row(out);
    int at = 0;
    for (Tensor x : in) {
      int own = row(x);
      if (x.wantsGrad()) {
        boolean add = !x.claimGrad();
        Strips.move(out.length() / row, own, out.grad(), at, row, x.grad(), 0, own, add);
      }
      at += own;
    }
  }

  /** Floats that lie together in memory: those of the axis and all inside it, which blocks of channels are too. */
  private int row(Tensor tensor) {
    Shape shape = tensor.shape();
    int real = shape.axis(axis);
    if (tensor.format() == MemoryFormat.PLAIN) {
      return (int) shape.count(real, shape.rank());
    }
    return real <= 1
        ? tensor.length() / (int) shape.count(0, real)
        : (int) shape.count(real, shape.rank()) * MemoryFormat.BLOCK;
  }

  /** Blocks of channels can be put one behind the other if all of them are full, but for the last. */
  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    if (format == MemoryFormat.PLAIN) {
      return true;
    }
    boolean takes = MemoryFormat.isPictures(in[0]);
    for (int i = 0; takes && in[0].axis(axis) == 1 && i < in.length - 1; i++) {
      takes = in[i].dim(1) % MemoryFormat.BLOCK == 0;
    }
    return takes;
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
