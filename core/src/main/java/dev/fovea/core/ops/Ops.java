package dev.fovea.core.ops;

import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;

/**
 * Every operation as a function, to be imported statically: {@code relu(conv2d(x, weight, bias, Window2D.of(3)))}. What an
 * operation computes, and how its gradient goes, stands in the class it names. Where an input has a shape and no data the
 * result has none either, and is recorded for a plan.
 */
public final class Ops {
  private Ops() {}

  /** C = A B for A [M, K] and B [K, N]; see {@link MatmulOp}. */
  public static Tensor matmul(Tensor a, Tensor b) {
    return Tape.apply(new MatmulOp(), a, b);
  }

  /** y = x W^T + b for x [N, in], W [out, in], b [out] or {@code null}; see {@link DenseOp}. */
  public static Tensor dense(Tensor x, Tensor weight, Tensor bias) {
    return dense(x, weight, bias, null);
  }

  /** y = f(x W^T + b): {@link #dense(Tensor, Tensor, Tensor)}, then the activation unless it is {@code null}. */
  public static Tensor dense(Tensor x, Tensor weight, Tensor bias, ActivationOp activation) {
    boolean fused = activation == null || activation.slopeFromOutput();
    Tensor y = Tape.apply(new DenseOp(fused ? activation : null), withBias(x, weight, bias));
    return fused ? y : Tape.apply(activation, y);
  }

  /**
   * A 2-D convolution of x [N, C, H, W] with weight [filters, C, kernel height, kernel width] and bias [filters] or {@code
   * null}; see {@link Conv2DOp}.
   */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, Window2D window) {
    return conv2d(x, weight, bias, window, 1, null);
  }

  /** The same in groups, weight [filters, C / groups, ...], and with an activation at its end unless it is {@code null}. */
  public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, Window2D window, int groups,
      ActivationOp activation) {
    boolean fused = activation == null || activation.slopeFromOutput();
    Tensor y = Tape.apply(new Conv2DOp(window, groups, fused ? activation : null), withBias(x, weight, bias));
    return fused ? y : Tape.apply(activation, y);
  }

  /** The largest cell under each place of the window, [N, C, H, W]; see {@link MaxPool2DOp}. */
  public static Tensor maxPool2d(Tensor x, Window2D window) {
    return Tape.apply(new MaxPool2DOp(window), x);
  }

  /** The mean under each place of the window, [N, C, H, W], padding counted or not; see {@link AveragePool2DOp}. */
  public static Tensor averagePool2d(Tensor x, Window2D window, boolean countPadding) {
    return Tape.apply(new AveragePool2DOp(window, countPadding), x);
  }

  /** The mean of each channel over every spatial axis, [N, C, ...] to [N, C]; see {@link GlobalAveragePoolOp}. */
  public static Tensor globalAveragePool(Tensor x) {
    return Tape.apply(new GlobalAveragePoolOp(), x);
  }

  /** The largest cell of each channel over every spatial axis, [N, C, ...] to [N, C]; see {@link GlobalMaxPoolOp}. */
  public static Tensor globalMaxPool(Tensor x) {
    return Tape.apply(new GlobalMaxPoolOp(), x);
  }

  /** y = max(x, 0); see {@link ReluOp}. */
  public static Tensor relu(Tensor x) {
    return Tape.apply(new ReluOp(), x);
  }

  private static Tensor[] withBias(Tensor x, Tensor weight, Tensor bias) {
    return bias == null ? new Tensor[] {x, weight} : new Tensor[] {x, weight, bias};
  }
}
