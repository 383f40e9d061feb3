package dev.fovea.core.ops;

import dev.fovea.core.kernels.Kernels;

/**
 * y[n, c] = the mean of x[n, c] over every spatial axis; {@code [N, C, L]}, {@code [N, C, H, W]},
 * {@code [N, C, D, H, W]} to {@code [N, C]}. Each of the m cells gets 1/m of the gradient.
 */
public final class GlobalAveragePoolOp extends GlobalPoolOp {
  @Override
  float value(int i, int n, float[] x, int offset) {
    return Kernels.get().sum(n, x, offset) / n;
  }

  @Override
  void slope(int i, int n, float dy, float[] dx, int offset, boolean add) {
    float share = dy / n;
    for (int j = offset; j < offset + n; j++) {
      dx[j] = add ? dx[j] + share : share;
    }
  }
}
