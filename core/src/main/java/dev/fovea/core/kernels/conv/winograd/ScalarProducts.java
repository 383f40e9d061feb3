package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import java.util.Arrays;

/** The products as they are defined. */
final class ScalarProducts implements WinogradProducts {
  private static final int WIDTH = Blocks.WIDTH;

  @Override
  public int roundUp(int tiles) {
    return tiles;
  }

  @Override
  public void multiply(int width, int tiles, int blocks, float[] v, int vOffset, float[] u, int uOffset, float[] m,
      int mOffset, int block) {
    for (int half = 0; half < width / WIDTH; half++) {
      for (int tile = 0; tile < tiles; tile++) {
        int to = mOffset + half * block + tile * WIDTH;
        Arrays.fill(m, to, to + WIDTH, 0f);
        for (int c = 0; c < blocks * WIDTH; c++) {
          float value = v[vOffset + c / WIDTH * block + tile * WIDTH + c % WIDTH];
          int filters = uOffset + c * PANEL + half * WIDTH;
          for (int lane = 0; lane < WIDTH; lane++) {
            m[to + lane] += value * u[filters + lane];
          }
        }
      }
    }
  }

  @Override
  public void accumulate(int width, int tiles, float[] v, int vOffset, float[] q, int qOffset, int block, float[] du,
      int duOffset) {
    for (int half = 0; half < width / WIDTH; half++) {
      for (int tile = 0; tile < tiles; tile++) {
        int gradient = qOffset + half * block + tile * WIDTH;
        for (int c = 0; c < WIDTH; c++) {
          float value = v[vOffset + tile * WIDTH + c];
          int to = duOffset + c * PANEL + half * WIDTH;
          for (int lane = 0; lane < WIDTH; lane++) {
            du[to + lane] += value * q[gradient + lane];
          }
        }
      }
    }
  }
}
