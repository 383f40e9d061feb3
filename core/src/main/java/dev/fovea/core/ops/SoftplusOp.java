package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;

/** y = ln(1 + e^x), a smooth max(x, 0). The slope is 1 / (1 + e^-x), which is 1 - e^-y. */
public final class SoftplusOp extends ActivationOp {
  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.softplus(x[xOffset + i]);
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float g = dy[dyOffset + i] * -FloatMath.expm1(-y[yOffset + i]);
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
