package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;

/** The kernels on rows of pixels as they are defined. */
final class ScalarPixels implements PixelKernels {
  private static final int WIDTH = Blocks.WIDTH;

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset,
      byte[] chosen, int chosenOffset) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float a = z[upper + cell];
      float b = z[upper + cell + WIDTH];
      float c = z[lower + cell];
      float d = z[lower + cell + WIDTH];
      float ab = Math.max(a, b);
      float cd = Math.max(c, d);
      y[yOffset + i] = Math.max(ab, cd);
      chosen[chosenOffset + i] = (byte) (ab >= cd ? a >= b ? 0 : 1 : c >= d ? 2 : 3);
    }
  }

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float ab = Math.max(z[upper + cell], z[upper + cell + WIDTH]);
      y[yOffset + i] = Math.max(ab, Math.max(z[lower + cell], z[lower + cell + WIDTH]));
    }
  }

  @Override
  public void unpool(int pixels, float[] dy, int dyOffset, byte[] chosen, int chosenOffset,
      float[] dz, int upper, int lower) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float gradient = dy[dyOffset + i];
      int number = chosen[chosenOffset + i];
      dz[upper + cell] = number == 0 ? gradient : 0f;
      dz[upper + cell + WIDTH] = number == 1 ? gradient : 0f;
      dz[lower + cell] = number == 2 ? gradient : 0f;
      dz[lower + cell + WIDTH] = number == 3 ? gradient : 0f;
    }
  }

  @Override
  public void sum(int pixels, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int i = 0; i < pixels; i++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        sums[sumsOffset + lane] += x[xOffset + i * WIDTH + lane];
      }
    }
  }
}
