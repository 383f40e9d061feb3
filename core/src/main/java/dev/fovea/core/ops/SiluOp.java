package dev.fovea.core.ops;

import dev.fovea.core.kernels.ActivationKernels;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;

/**
 * y = x s(x) with s(x) = 1 / (1 + e^-x): the sigmoid linear unit, also called swish. The slope is s(x) (1 + x (1 -
 * s(x))); it cannot be told from y.
 */
public final class SiluOp extends ActivationOp {
  /** Elements whose sigmoids are kept at a time. */
  private static final int STRETCH = 1 << 10;

  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    float[] sigmoids = Scratch.floats(Scratch.Purpose.ROW, STRETCH);
    for (int from = 0; from < n; from += STRETCH) {
      int length = Math.min(STRETCH, n - from);
      ActivationKernels.get().sigmoid(length, x, xOffset + from, sigmoids, 0);
      Kernels.get().multiply(length, x, xOffset + from, sigmoids, 0, y, yOffset + from, false);
    }
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    float[] sigmoids = Scratch.floats(Scratch.Purpose.ROW, STRETCH);
    for (int from = 0; from < n; from += STRETCH) {
      int length = Math.min(STRETCH, n - from);
      ActivationKernels.get().sigmoid(length, x, xOffset + from, sigmoids, 0);
      for (int i = 0; i < length; i++) {
        float s = sigmoids[i];
        float g = dy[dyOffset + from + i] * (s * (1f + x[xOffset + from + i] * (1f - s)));
        dx[dxOffset + from + i] = add ? dx[dxOffset + from + i] + g : g;
      }
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
