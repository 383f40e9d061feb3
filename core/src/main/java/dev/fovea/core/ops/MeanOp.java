package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;

/**
 * The mean over some axes, which vanish from the shape; over all of them, leaving a single value, where none is named.
 * Summed as in {@link SumOp}, then divided by the number of elements n. The gradient of every element is that of its
 * mean, over n.
 */
public final class MeanOp implements Op {
  private final int[] axes;
  private Reduction reduction;
  private Broadcast spread;

  /** A mean over these axes; negative numbers count from the end; none stand for all. */
  public MeanOp(int... axes) {
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
    // Divided, not multiplied by 1/n: the mean of whole numbers that is a whole number comes out as one.
    float n = count(in[0], out);
    float[] y = out.data();
    Parallel.ranges(out.shape().size(), Strips.STRETCH, (from, to) -> {
      for (int i = from; i < to; i++) {
        y[i] /= n;
      }
    });
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
    spread.spread(1f / count(in[0], out), out.grad(), in[0].grad(), add);
  }

  /** How many elements each mean is over. */
  private static float count(Tensor x, Tensor y) {
    return (float) (x.shape().size() / y.shape().size());
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
