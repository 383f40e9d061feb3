package dev.fovea.core.ops;

import dev.fovea.core.kernels.ActivationKernels;

/**
 * y = x above 0, slope * x below. The gradient is that of y, times the slope where x is at most 0, as in PyTorch. NaN
 * stays NaN.
 */
public final class LeakyReluOp extends ActivationOp {
  private final float slope;

  /** The slope below 0 is 0.01, as in PyTorch. */
  public LeakyReluOp() {
    this(0.01f);
  }

  /**
   * With this slope below 0.
   *
   * @throws IllegalArgumentException if the slope is negative (the gradient could not be told from y), infinite or NaN
   */
  public LeakyReluOp(float slope) {
    if (!(slope >= 0 && slope < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("leaky_relu: expected a slope of at least 0 and finite, got " + slope);
    }
    this.slope = slope;
  }

  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    ActivationKernels.get().leakyRelu(n, slope, x, xOffset, y, yOffset);
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    ActivationKernels.get().leakyReluGrad(n, slope, y, yOffset, dy, dyOffset, dx, dxOffset, add);
  }
}
