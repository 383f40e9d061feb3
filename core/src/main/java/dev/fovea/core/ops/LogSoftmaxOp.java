package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;
import dev.fovea.core.kernels.Kernels;

/**
 * y_k = x_k - log(sum over j of e^(x_j)), along one axis: the logarithm of {@link SoftmaxOp}, finite where that one is
 * 0. The largest score is subtracted first, so that no score is too large. dx_k = dy_k - e^(y_k) (sum over j of dy_j).
 *
 * <p>The largest score's own term of the sum is 1. It is added in double precision, where the others are not lost
 * beside it: a probability of nearly 1 has a logarithm of nearly 0, not of 0.
 */
public final class LogSoftmaxOp extends AlongAxisOp {
  /** Where e^y is told by its distance from 1: above a half. */
  private static final float NEAR_ONE = -0.6931472f;

  /** Log-softmax along this axis; negative numbers count from the end. */
  public LogSoftmaxOp(int axis) {
    super(axis);
  }

  @Override
  void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float max = SoftmaxOp.max(n, x, xOffset);
    Kernels.get().exp(n, max, x, xOffset, y, yOffset);
    y[yOffset + SoftmaxOp.largest(n, x, xOffset)] -= 1f;
    float log = (float) StrictMath.log(1d + Kernels.get().sum(n, y, yOffset));
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] - max - log;
    }
  }

  @Override
  void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    float sum = Kernels.get().sum(n, dy, dyOffset);
    for (int i = 0; i < n; i++) {
      float g = -excess(y[yOffset + i], sum, dy[dyOffset + i]);
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }

  /** e^log * total - part, for a log of at most 0; keeps its digits where e^log is nearly 1 and part is the total. */
  static float excess(float log, float total, float part) {
    return log > NEAR_ONE
        ? FloatMath.expm1(log) * total + (total - part)
        : FloatMath.exp(log) * total - part;
  }
}
