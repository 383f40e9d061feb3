package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;

/**
 * y = x above 0, alpha (e^x - 1) below: the exponential linear unit (Clevert, Unterthiner and Hochreiter, 2016). The
 * slope below 0 is alpha e^x, which is y + alpha.
 */
public final class EluOp extends ActivationOp {
  private final float alpha;

  /** Alpha is 1, as in PyTorch and Keras. */
  public EluOp() {
    this(1f);
  }

  /**
   * With this alpha; far below 0, y approaches -alpha.
   *
   * @throws IllegalArgumentException unless alpha is above 0 and finite
   */
  public EluOp(float alpha) {
    if (!(alpha > 0 && alpha < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("elu: expected an alpha above 0 and finite, got " + alpha);
    }
    this.alpha = alpha;
  }

  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = v > 0 ? v : alpha * FloatMath.expm1(v);
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float v = y[yOffset + i];
      float g = v > 0 ? dy[dyOffset + i] : dy[dyOffset + i] * (v + alpha);
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
