package dev.fovea.core.ops;

import dev.fovea.core.kernels.Kernels;

/** y = max(x, 0). The gradient passes where x is above 0; at 0 it is 0, as in PyTorch and TensorFlow. NaN stays NaN. */
public final class ReluOp extends ActivationOp {
  @Override
  protected void value(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Kernels.get().relu(n, x, xOffset, y, yOffset);
  }

  @Override
  protected void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    Kernels.get().reluGrad(n, y, yOffset, dy, dyOffset, dx, dxOffset, add);
  }

  @Override
  public boolean isRelu() {
    return true;
  }
}
