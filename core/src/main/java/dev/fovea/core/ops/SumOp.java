package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;

/**
 * The sum over some axes, which vanish from the shape; over all of them, leaving a single value, where none is named.
 * Summed in an order fixed by the shape and accurate for millions of elements. The gradient of every element is that of
 * the sum it went into.
 */
public final class SumOp implements Op {
  private final int[] axes;
  private Reduction reduction;
  private Broadcast spread;

  /** A sum over these axes; negative numbers count from the end; none stand for all. */
  public SumOp(int... axes) {
    this.axes = axes.clone();
  }

  @Override
  public Shape infer(Shape... in) {
    Shape x = Inputs.one(this, in);
    return Axes.without(x, Axes.named(name(), x, axes));
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    if (reduction == null) {
      reduction = new Reduction(in[0].shape(), Axes.named(name(), in[0].shape(), axes));
    }
    reduction.sum(1f, in[0].data(), out.data(), false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    if (spread == null) {
      Shape x = in[0].shape();
      spread = new Broadcast(x, Axes.toOne(x, Axes.named(name(), x, axes)));
    }
    boolean add = !in[0].claimGrad();
    spread.spread(1f, out.grad(), in[0].grad(), add);
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public long keptBytes(Shape... in) {
    return new Reduction(in[0], Axes.named(name(), in[0], axes)).scratchBytes();
  }
}
