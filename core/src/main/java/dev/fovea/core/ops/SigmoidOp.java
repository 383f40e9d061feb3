package dev.fovea.core.ops;

import dev.fovea.core.kernels.ActivationKernels;

/** y = 1 / (1 + e^-x). The slope is y (1 - y). */
public final class SigmoidOp extends ActivationOp {
  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    ActivationKernels.get().sigmoid(n, x, xOffset, y, yOffset);
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float v = y[yOffset + i];
      float g = dy[dyOffset + i] * (v * (1f - v));
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
