package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.Arrays;

/**
 * The axes in another order: axis k of the result is axis {@code axes[k]} of x, as in NumPy's transpose. Axes 0, 2, 3,
 * 1 turn [N, C, H, W] into [N, H, W, C]. The gradient goes back in the opposite order.
 */
public final class PermuteOp implements Op {
  private final int[] axes;
  private Permutation forth;
  private Permutation back;

  /**
   * A new order of the axes; negative numbers count from the end.
   *
   * @throws IllegalArgumentException unless every axis is named once
   */
  public PermuteOp(int... axes) {
    this.axes = axes.clone();
    boolean[] named = new boolean[axes.length];
    for (int k = 0; k < axes.length; k++) {
      int axis = axes[k] < 0 ? axes[k] + axes.length : axes[k];
      if (axis < 0 || axis >= axes.length || named[axis]) {
        throw new IllegalArgumentException("permute: expected each axis from 0 to " + (axes.length - 1)
            + " once, got " + Arrays.toString(axes));
      }
      named[axis] = true;
      this.axes[k] = axis;
    }
  }

  @Override
  public Shape infer(Shape... in) {
    Shape x = Inputs.one(this, in);
    if (x.rank() != axes.length) {
      throw new ShapeException(
          "permute " + Arrays.toString(axes) + ": expected " + axes.length + " axes, got " + x.rank() + " in " + x);
    }
    int[] lengths = new int[axes.length];
    for (int k = 0; k < axes.length; k++) {
      lengths[k] = x.dim(axes[k]);
    }
    return Shape.of(lengths);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    if (forth == null) {
      forth = new Permutation(in[0].shape(), axes);
    }
    forth.run(in[0].data(), out.data(), false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    if (back == null) {
      int[] inverse = new int[axes.length];
      for (int k = 0; k < axes.length; k++) {
        inverse[axes[k]] = k;
      }
      back = new Permutation(out.shape(), inverse);
    }
    boolean add = !in[0].claimGrad();
    back.run(out.grad(), in[0].grad(), add);
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
