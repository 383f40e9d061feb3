package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * Every sample as one row of numbers: [N, ...] becomes [N, F], F being the product of the other axes. The values keep
 * their order: of a picture [C, H, W] the first channel comes first, and of a channel the first row, so value (c, h, w)
 * stands at (c * H + h) * W + w. The gradient goes back the same way.
 */
public final class FlattenOp implements Op {
  @Override
  public Shape infer(Shape... in) {
    Shape x = Inputs.one(this, in);
    if (x.rank() == 0) {
      throw new ShapeException("flatten: expected a batch axis in front, got a single value []");
    }
    long values = x.count(1, x.rank());
    if (values > Integer.MAX_VALUE) {
      throw new ShapeException("flatten: expected at most 2147483647 values a sample, got " + values + " in " + x);
    }
    return Shape.of(x.dim(0), (int) values);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    Strips.move(1, out.shape().size(), in[0].data(), 0, 0, out.data(), 0, 0, false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      Strips.move(1, out.shape().size(), out.grad(), 0, 0, in[0].grad(), 0, 0, add);
    }
  }

  @Override
  public boolean isView() {
    return true;
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
