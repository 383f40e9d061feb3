package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;

/**
 * y = x F(x), F being the share of the standard normal distribution below x: the Gaussian error linear unit (Hendrycks
 * and Gimpel, 2016), the exact one with the error function, as PyTorch's and Keras' default. The slope is F(x) + x f(x)
 * with the density f(x) = e^(-x^2 / 2) / sqrt(2 pi); it cannot be told from y.
 */
public final class GeluOp extends ActivationOp {
  private static final float DENSITY_AT_ZERO = 0.39894228f;

  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = v * FloatMath.normalCdf(v);
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      float density = DENSITY_AT_ZERO * FloatMath.exp(-0.5f * v * v);
      float g = dy[dyOffset + i] * (FloatMath.normalCdf(v) + v * density);
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }

  @Override
  protected boolean slopeFromOutput() {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
