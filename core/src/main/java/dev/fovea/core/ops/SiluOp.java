package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;

/**
 * y = x s(x) with s(x) = 1 / (1 + e^-x): the sigmoid linear unit, also called swish. The slope is s(x) (1 + x (1 -
 * s(x))); it cannot be told from y.
 */
public final class SiluOp extends ActivationOp {
  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = v * FloatMath.sigmoid(v);
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      float s = FloatMath.sigmoid(v);
      float g = dy[dyOffset + i] * (s * (1f + v * (1f - s)));
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
