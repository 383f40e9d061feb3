package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;
import dev.fovea.core.kernels.Kernels;

/**
 * y_k = x_k - log(sum over j of e^(x_j)), along one axis: the logarithm of {@link SoftmaxOp}, finite where that one is
 * 0. The largest score is subtracted first, so that no score is too large. dx_k = dy_k - e^(y_k) (sum over j of dy_j).
 */
public final class LogSoftmaxOp extends AlongAxisOp {
  /** Log-softmax along this axis; negative numbers count from the end. */
  public LogSoftmaxOp(int axis) {
    super(axis);
  }

  @Override
  void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float max = SoftmaxOp.max(n, x, xOffset);
    Kernels.get().exp(n, max, x, xOffset, y, yOffset);
    float log = (float) StrictMath.log(Kernels.get().sum(n, y, yOffset));
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - max - log;
    }
  }

  @Override
  void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    float sum = Kernels.get().sum(n, dy, dyOffset);
    for (int i = 0; i < n; i++) {
      float g = dy[dyOffset + i] - FloatMath.exp(y[yOffset + i]) * sum;
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
