package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.Blocks;

/** The definition of {@link DirectKernels}: a vector is a block, a tile one vector wide. */
final class ScalarDirect implements DirectKernels {
  private static final int LANES = Blocks.WIDTH;

  ScalarDirect() {}

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public int vectors() {
    return 1;
  }

  @Override
  public void products(int vectors, int[] taps, int count, float[] x, int xOffset, int[] xCells, int first,
      float[] w, int wOffset, float[] start, int startOffset, int[] startCells, int startSecond, float floor,
      float[] z, int zOffset, int[] zCells, int zSecond) {
    for (int p = first; p < first + PIXELS; p++) {
      if (p > first && zCells[p] == zCells[p - 1]) {
        continue; // done already; it must not start from its own result
      }
      int to = zOffset + zCells[p];
      System.arraycopy(start, startOffset + startCells[p], z, to, LANES);
      for (int k = 0; k < 3 * count; k += 3) {
        int from = xOffset + xCells[p] + taps[k];
        for (int c = 0; c < taps[k + 2]; c++) {
          float value = x[from + c];
          int row = wOffset + (taps[k + 1] + c) * LANES;
          for (int f = 0; f < LANES; f++) {
            z[to + f] += value * w[row + f];
          }
        }
      }
      raise(z, to, floor);
    }
  }

  @Override
  public void pooled(int vectors, int[] windows, int first, int[] taps, int count, float[] x, int xOffset, int xRow,
      float[] w, int wOffset, float[] start, int startOffset, float floor,
      float[] y, int yOffset, int ySecond, int[] chosen, int chosenOffset, int chosenSecond) {
    for (int k = 4 * first; k < 4 * (first + WINDOWS); k += 4) {
      int upper = xOffset + windows[k];
      for (int f = 0; f < LANES; f++) {
        float a = start[startOffset + f];
        float b = a;
        float c = a;
        float d = a;
        for (int t = 0; t < count; t++) {
          int at = upper + taps[t];
          float weight = w[wOffset + t * LANES + f];
          a += x[at] * weight;
          b += x[at + 1] * weight;
          c += x[at + xRow] * weight;
          d += x[at + xRow + 1] * weight;
        }
        float top = Math.max(a, b);
        float bottom = Math.max(c, d);
        int number = top >= bottom ? a >= b ? 0 : 1 : c >= d ? 2 : 3;
        y[yOffset + windows[k + 1] + f] = Math.max(Math.max(top, bottom), floor);
        chosen[chosenOffset + windows[k + 2] + f] |= number << windows[k + 3];
      }
    }
  }

  private static void raise(float[] z, int offset, float floor) {
    for (int f = 0; f < LANES; f++) {
      z[offset + f] = Math.max(z[offset + f], floor);
    }
  }

  @Override
  public void weights(int vectors, int[] runs, int count, float[] x, int xOffset, int xStep,
      float[] dz, int dzOffset, int dzSecond, int dzStep, float[] dw, int dwOffset) {
    for (int c = 0; c < CHANNELS; c++) {
      tap(runs, count, x, xOffset + c, xStep, dz, dzOffset, dzStep, dw, dwOffset + c * LANES);
    }
  }

  @Override
  public void taps(int vectors, int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, int dzSecond, float[] dw, int dwOffset) {
    for (int t = 0; t < TAPS; t++) {
      tap(runs, count, x, xOffset + taps[3 * (first + t)], xStep, dz, dzOffset, Blocks.WIDTH, dw,
          dwOffset + t * LANES);
    }
  }

  @Override
  public void pooledTaps(int[] windows, int count, float[] x, int xOffset, int xRow, float[] y, float[] dy, int yOffset,
      float floor, int[] chosen, int chosenOffset, float[] dw, int dwOffset) {
    for (int k = 0; k < 4 * count; k += 4) {
      for (int f = 0; f < LANES; f++) {
        int number = chosen[chosenOffset + windows[k + 2] + f] >>> windows[k + 3] & 0xFF;
        int from = xOffset + windows[k] + number / 2 * xRow + number % 2;
        int at = yOffset + windows[k + 1] + f;
        float gradient = y[at] <= floor ? 0f : dy[at];
        dw[dwOffset + TAPS * LANES + f] += gradient;
        for (int t = 0; t < TAPS; t++) {
          dw[dwOffset + t * LANES + f] += x[from + t / 3 * xRow + t % 3] * gradient;
        }
      }
    }
  }

  /** dw[f] += the sum over all pixels of x * dz[f]. */
  private static void tap(int[] runs, int count, float[] x, int xOffset, int xStep,
      float[] dz, int dzOffset, int dzStep, float[] dw, int dwOffset) {
    for (int k = 0; k < 3 * count; k += 3) {
      for (int p = 0; p < runs[k + 2]; p++) {
        float value = x[xOffset + runs[k] + p * xStep];
        int from = dzOffset + runs[k + 1] + p * dzStep;
        for (int f = 0; f < LANES; f++) {
          dw[dwOffset + f] += value * dz[from + f];
        }
      }
    }
  }

  @Override
  public void depthwise(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] w, int wOffset, float[] start, int startOffset, int startFactor, float floor,
      float[] z, int zOffset, int zStep) {
    for (int k = 0; k < 3 * count; k += 3) {
      for (int p = 0; p < runs[k + 2]; p++) {
        int zi = runs[k + 1] + p * zStep;
        int to = zOffset + zi;
        System.arraycopy(start, startOffset + startFactor * zi, z, to, LANES);
        for (int t = 0; t < TAPS; t++) {
          int from = xOffset + taps[3 * (first + t)] + runs[k] + p * xStep;
          for (int c = 0; c < LANES; c++) {
            z[to + c] += x[from + c] * w[wOffset + t * LANES + c];
          }
        }
        raise(z, to, floor);
      }
    }
  }

  @Override
  public void copy(int pixels, float[] x, int xOffset, int xStep, float[] y, int yOffset, int yStep) {
    for (int p = 0; p < pixels; p++) {
      System.arraycopy(x, xOffset + p * xStep, y, yOffset + p * yStep, Blocks.WIDTH);
    }
  }

  @Override
  public void depthwiseTaps(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, float[] dw, int dwOffset) {
    for (int t = 0; t < TAPS; t++) {
      int tap = xOffset + taps[3 * (first + t)];
      for (int k = 0; k < 3 * count; k += 3) {
        for (int p = 0; p < runs[k + 2]; p++) {
          int from = tap + runs[k] + p * xStep;
          int gradient = dzOffset + runs[k + 1] + p * Blocks.WIDTH;
          for (int c = 0; c < LANES; c++) {
            dw[dwOffset + t * LANES + c] += x[from + c] * dz[gradient + c];
          }
        }
      }
    }
  }
}
