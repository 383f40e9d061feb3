package dev.fovea.core.kernels;

import java.util.Arrays;

/** The definition of {@link ChannelKernels} for blocks of channels, in plain Java. */
final class ScalarChannels implements ChannelKernels {
  private static final int WIDTH = Blocks.WIDTH;

  @Override
  public int lanes() {
    return WIDTH;
  }

  @Override
  public void sums(int n, float[] x, int xOffset, float[] sums, int sumsOffset) {
    Arrays.fill(sums, sumsOffset, sumsOffset + WIDTH, 0f);
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        sums[sumsOffset + lane] += x[xOffset + p * WIDTH + lane];
      }
    }
  }

  @Override
  public void deviations(int n, float[] x, int xOffset, float[] constants, int at, float[] sums, int sumsOffset) {
    Arrays.fill(sums, sumsOffset, sumsOffset + 2 * WIDTH, 0f);
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        float deviation = x[xOffset + p * WIDTH + lane] - constants[at + lane];
        sums[sumsOffset + lane] += deviation;
        sums[sumsOffset + WIDTH + lane] += deviation * deviation;
      }
    }
  }

  @Override
  public void slopeSums(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] sums, int sumsOffset) {
    Arrays.fill(sums, sumsOffset, sumsOffset + 2 * WIDTH, 0f);
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        float slope = dy[dyOffset + p * WIDTH + lane];
        sums[sumsOffset + lane] += slope;
        sums[sumsOffset + WIDTH + lane] += slope * (x[xOffset + p * WIDTH + lane] - constants[at + lane]);
      }
    }
  }

  @Override
  public void normalize(int n, float[] x, int xOffset, float[] constants, int at, float[] y, int yOffset,
      boolean add) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int i = p * WIDTH + lane;
        float value = (x[xOffset + i] - constants[at + lane]) * constants[at + WIDTH + lane]
            + constants[at + 2 * WIDTH + lane];
        y[yOffset + i] = add ? y[yOffset + i] + value : value;
      }
    }
  }

  @Override
  public void combine(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] y, int yOffset, boolean add) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int i = p * WIDTH + lane;
        float value = (x[xOffset + i] - constants[at + lane]) * constants[at + WIDTH + lane]
            + constants[at + 2 * WIDTH + lane] + dy[dyOffset + i] * constants[at + 3 * WIDTH + lane];
        y[yOffset + i] = add ? y[yOffset + i] + value : value;
      }
    }
  }
}
