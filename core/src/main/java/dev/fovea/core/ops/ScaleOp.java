package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;

/** y = factor * x + offset, element by element, for any shape; the gradient is factor times y's. */
public final class ScaleOp implements Op {
  private final float factor;
  private final float offset;

  /**
   * A scaling by these two numbers.
   *
   * @throws IllegalArgumentException if one of them is infinite or not a number
   */
  public ScaleOp(float factor, float offset) {
    if (!Float.isFinite(factor) || !Float.isFinite(offset)) {
      throw new IllegalArgumentException(
          "scale: expected a finite factor and offset, got " + factor + " and " + offset);
    }
    this.factor = factor;
    this.offset = offset;
  }

  @Override
  public Shape infer(Shape... in) {
    return Inputs.one(this, in);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(out.length(), Strips.STRETCH,
        (from, to) -> Kernels.get().affine(to - from, factor, offset, x, from, y, from));
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    boolean add = !in[0].claimGrad();
    float[] dy = out.grad();
    float[] dx = in[0].grad();
    Parallel.ranges(out.length(), Strips.STRETCH,
        (from, to) -> Kernels.get().scale(to - from, factor, dy, from, dx, from, add));
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
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
