package dev.fovea.core.ops;

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
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = v > 0 ? v : slope * v;
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float g = y[yOffset + i] > 0 ? dy[dyOffset + i] : slope * dy[dyOffset + i];
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
