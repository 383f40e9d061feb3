package dev.fovea.core.kernels;

/** The definition of {@link BlockKernels}, in plain Java. */
final class ScalarBlocks implements BlockKernels {
  private static final int WIDTH = Blocks.WIDTH;

  @Override
  public void halveByMaximum(int n, float[] x, int upper, int lower, float[] y, int yOffset, int[] chosen, int origin,
      int pixel) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int cell = 2 * p * WIDTH + lane;
        float a = x[upper + cell];
        float b = x[upper + cell + WIDTH];
        float c = x[lower + cell];
        float d = x[lower + cell + WIDTH];
        float ab = Math.max(a, b);
        float cd = Math.max(c, d);
        int inUpper = b <= a ? 0 : 1;
        int inLower = d <= c ? 2 : 3;
        y[yOffset + p * WIDTH + lane] = Math.max(ab, cd);
        keep(cd <= ab ? inUpper : inLower, chosen, origin, pixel + p, lane);
      }
    }
  }

  private static void keep(int number, int[] chosen, int origin, int pixel, int lane) {
    int at = origin + pixel / PIXELS_AN_INT * WIDTH + lane;
    int shift = pixel % PIXELS_AN_INT * Byte.SIZE;
    chosen[at] = chosen[at] & ~(0xFF << shift) | number << shift;
  }

  private static int choice(int[] chosen, int origin, int pixel, int lane) {
    return chosen[origin + pixel / PIXELS_AN_INT * WIDTH + lane] >>> pixel % PIXELS_AN_INT * Byte.SIZE & 0xFF;
  }

  @Override
  public void largestUnder(int n, int from, int to, int[] cells, int[] numbers, float[] x, int xOffset, int xStep,
      float[] y, int yOffset, int[] chosen, int origin, int pixel) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int i = xOffset + p * xStep * WIDTH + lane;
        float most = x[i + cells[from]];
        int which = numbers[from];
        for (int cell = from + 1; cell < to; cell++) {
          float v = x[i + cells[cell]];
          which = v <= most ? which : numbers[cell];
          most = Math.max(most, v);
        }
        y[yOffset + p * WIDTH + lane] = most;
        keep(which, chosen, origin, pixel + p, lane);
      }
    }
  }

  @Override
  public void giveToChosen(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, int dxStep) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        float g = choice(chosen, origin, pixel + p, lane) == number ? dy[dyOffset + p * WIDTH + lane] : 0f;
        dx[dxOffset + p * dxStep * WIDTH + lane] += g;
      }
    }
  }

  @Override
  public void givePairs(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, boolean add) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int choice = choice(chosen, origin, pixel + p, lane);
        float g = dy[dyOffset + p * WIDTH + lane];
        store(choice == number ? g : 0f, dx, dxOffset + 2 * p * WIDTH + lane, add);
        store(choice == number + 1 ? g : 0f, dx, dxOffset + (2 * p + 1) * WIDTH + lane, add);
      }
    }
  }

  private static void store(float value, float[] y, int at, boolean add) {
    y[at] = add ? y[at] + value : value;
  }

  @Override
  public void meanUnder(int n, int from, int to, int[] cells, float divisor, float[] x, int xOffset, int xStep,
      float[] y, int yOffset) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        int i = xOffset + p * xStep * WIDTH + lane;
        float sum = x[i + cells[from]];
        for (int cell = from + 1; cell < to; cell++) {
          sum += x[i + cells[cell]];
        }
        y[yOffset + p * WIDTH + lane] = sum / divisor;
      }
    }
  }

  @Override
  public void spreadPairs(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        float share = factor * x[xOffset + p * WIDTH + lane];
        store(share, y, yOffset + 2 * p * WIDTH + lane, add);
        store(share, y, yOffset + (2 * p + 1) * WIDTH + lane, add);
      }
    }
  }

  @Override
  public void scatter(int n, float divisor, float[] x, int xOffset, float[] y, int yOffset, int yStep) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        y[yOffset + p * yStep * WIDTH + lane] += x[xOffset + p * WIDTH + lane] / divisor;
      }
    }
  }

  @Override
  public void repeat(int n, float[] pixel, int pixelOffset, float[] y, int yOffset, boolean add) {
    for (int p = 0; p < n; p++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        store(pixel[pixelOffset + lane], y, yOffset + p * WIDTH + lane, add);
      }
    }
  }

  @Override
  public void largest(int n, float[] x, int xOffset, float[] y, int yOffset, int[] chosen, int chosenOffset) {
    for (int lane = 0; lane < WIDTH; lane++) {
      float most = x[xOffset + lane];
      int which = 0;
      for (int p = 1; p < n; p++) {
        float cell = x[xOffset + p * WIDTH + lane];
        which = cell <= most || most != most ? which : p;
        most = Math.max(most, cell);
      }
      y[yOffset + lane] = most;
      chosen[chosenOffset + lane] = which;
    }
  }

  @Override
  public void transpose(float[] x, int from, int stride, float[] y, int to, int yStride) {
    square(x, from, stride, y, to, yStride);
  }

  /** Line by line: a loop of constant length each, which needs few checks. */
  static void square(float[] x, int from, int stride, float[] y, int to, int yStride) {
    for (int i = 0; i < WIDTH; i++) {
      column(x, from + i * stride, y, to + i, yStride);
    }
  }

  private static void column(float[] x, int from, float[] y, int to, int yStride) {
    for (int j = 0; j < WIDTH; j++) {
      y[to + j * yStride] = x[from + j];
    }
  }
}
