package dev.fovea.core.kernels;

/** The definition of {@link ActivationKernels}, in plain Java. */
final class ScalarActivations implements ActivationKernels {
  @Override
  public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.sigmoid(x[xOffset + i]);
    }
  }

  @Override
  public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.tanh(x[xOffset + i]);
    }
  }

  @Override
  public void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float v = x[xOffset + i];
      y[yOffset + i] = v > 0 ? v : slope * v;
    }
  }

  @Override
  public void leakyReluGrad(int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset,
      float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float g = y[yOffset + i] > 0 ? dy[dyOffset + i] : slope * dy[dyOffset + i];
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }
}
