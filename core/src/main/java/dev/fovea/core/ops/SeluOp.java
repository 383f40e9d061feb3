package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;

/**
 * y = scale * x above 0, scale * alpha (e^x - 1) below, with the two constants of the self-normalizing networks
 * (Klambauer, Unterthiner, Mayr and Hochreiter, 2017), under which mean 0 and variance 1 are kept from layer to layer.
 * The slope below 0 is y + scale * alpha.
 */
public final class SeluOp extends ActivationOp {
  private static final float SCALE = 1.0507009873554805f;
  private static final float SCALE_ALPHA = 1.7580993408473766f;

  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = v > 0 ? SCALE * v : SCALE_ALPHA * FloatMath.expm1(v);
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float v = y[yOffset + i];
      float g = dy[dyOffset + i] * (v > 0 ? SCALE : v + SCALE_ALPHA);
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
