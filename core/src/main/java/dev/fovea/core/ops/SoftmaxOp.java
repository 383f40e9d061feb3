package dev.fovea.core.ops;

import dev.fovea.core.kernels.Kernels;

/**
 * y_k = e^(x_k) / sum over j of e^(x_j), along one axis: scores become probabilities. The largest score is subtracted
 * first, so that no score is too large. dx_k = y_k (dy_k - sum over j of dy_j y_j).
 *
 * <p>Where one probability is nearly 1 its distance from 1 decides the gradient, and float32 has lost it. The others
 * have not: the gradient takes the largest y to be what they leave, in double precision.
 */
public final class SoftmaxOp extends AlongAxisOp {
  /** Softmax along this axis; negative numbers count from the end. */
  public SoftmaxOp(int axis) {
    super(axis);
  }

  @Override
  void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Kernels kernels = Kernels.get();
    kernels.exp(n, max(n, x, xOffset), x, xOffset, y, yOffset);
    kernels.scale(n, 1f / kernels.sum(n, y, yOffset), y, yOffset, y, yOffset, false);
  }

  /** The largest of n elements, or NaN if there is one. */
  static float max(int n, float[] x, int offset) {
    float max = x[offset];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }

  /** The place of the largest of n elements, the first of several that are equally large. */
  static int largest(int n, float[] x, int offset) {
    int place = 0;
    for (int i = 1; i < n; i++) {
      place = x[offset + i] > x[offset + place] ? i : place;
    }
    return place;
  }

  @Override
  void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    int largest = largest(n, y, yOffset);
    double others = 0;
    double mean = 0;
    for (int i = 0; i < n; i++) {
      double share = i == largest ? 0 : y[yOffset + i];
      others += share;
      mean += share * dy[dyOffset + i];
    }
    mean += dy[dyOffset + largest] / (1 + others / y[yOffset + largest]);
    for (int i = 0; i < n; i++) {
      float g = (float) (y[yOffset + i] * (dy[dyOffset + i] - mean));
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
