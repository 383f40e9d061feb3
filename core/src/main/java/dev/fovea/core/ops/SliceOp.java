package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * The part of a tensor from one place of an axis (inclusive) to another (exclusive), all of the other axes: NumPy's
 * {@code x[:, from:to]} for axis 1. The gradient goes to that part; the rest gets none.
 */
public final class SliceOp implements Op {
  private final int axis;
  private final int from;
  private final int to;

  /**
   * A slice along this axis; negative numbers of axes count from the end.
   *
   * @throws IllegalArgumentException if {@code from} is negative or {@code to} not above it
   */
  public SliceOp(int axis, int from, int to) {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "slice: expected 0 <= from < to, got from " + from + " to " + to + " along axis " + axis);
    }
    this.axis = axis;
    this.from = from;
    this.to = to;
  }

  @Override
  public Shape infer(Shape... in) {
    Shape x = Inputs.one(this, in);
    int along = Axes.real(name(), x, axis);
    if (to > x.dim(along)) {
      throw new ShapeException("slice: expected a part of axis " + axis + " of " + x + ", which has " + x.dim(along)
          + " elements, got from " + from + " to " + to);
    }
    return x.with(along, to - from);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    int row = row(in[0].shape());
    int part = row(out.shape());
    int first = part / (to - from) * from;
    Strips.move(out.shape().size() / part, part, in[0].data(), first, row, out.data(), 0, part, false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    int row = row(in[0].shape());
    int part = row(out.shape());
    int first = part / (to - from) * from;
    Strips.move(out.shape().size() / part, part, out.grad(), 0, part, in[0].grad(), first, row, true);
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
