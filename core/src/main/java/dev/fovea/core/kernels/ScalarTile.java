package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The tile of the matrix product without the Vector API, in the form that C2 turns into SIMD by itself: y[j] += x0 *
 * b0[j] + ..., where every array has its own name and all are read at the same index. At different offsets into arrays
 * C2 cannot tell that they do not overlap, and stays scalar: hence rows of B and sums in arrays of their own.
 */
final class ScalarTile {
  static final int ROWS = 16;
  static final int COLUMNS = 256;
  /** Rows of B taken at a time: each pass over a row of sums does that many multiplications. */
  private static final int STEPS = 4;
  private static final ThreadLocal<float[][]> SUMS = ThreadLocal.withInitial(() -> new float[ROWS][COLUMNS]);
  private static final ThreadLocal<float[][]> STEP = ThreadLocal.withInitial(() -> new float[STEPS][COLUMNS]);

  private ScalarTile() {}

  /** {@link Kernels#gemmTile}. */
  static void multiply(int rows, int columns, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] c, int cOffset, int cStride, boolean add) {
    float[][] sums = SUMS.get();
    for (int i = 0; i < rows; i++) {
      Arrays.fill(sums[i], 0, columns, 0f);
    }
    float[][] step = STEP.get();
    for (int p = 0; p < depth; p += STEPS) {
      int steps = Math.min(STEPS, depth - p);
      for (int q = 0; q < steps; q++) {
        System.arraycopy(b, bOffset + (p + q) * bStride, step[q], 0, columns);
      }
      for (int i = 0; i < rows; i++) {
        int x = aOffset + i * aRow + p * aStep;
        if (steps == STEPS) {
          four(columns, a[x], a[x + aStep], a[x + 2 * aStep], a[x + 3 * aStep],
              step[0], step[1], step[2], step[3], sums[i]);
        } else {
          for (int q = 0; q < steps; q++) {
            one(columns, a[x + q * aStep], step[q], sums[i]);
          }
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      put(columns, sums[i], c, cOffset + i * cStride, add);
    }
  }

  private static void four(int n, float x0, float x1, float x2, float x3,
      float[] b0, float[] b1, float[] b2, float[] b3, float[] y) {
    for (int j = 0; j < n; j++) {
      y[j] += x0 * b0[j] + x1 * b1[j] + x2 * b2[j] + x3 * b3[j];
    }
  }

  private static void one(int n, float x, float[] b, float[] y) {
    for (int j = 0; j < n; j++) {
      y[j] += x * b[j];
    }
  }

  private static void put(int n, float[] sums, float[] c, int cOffset, boolean add) {
    if (add) {
      for (int j = 0; j < n; j++) {
        c[cOffset + j] += sums[j];
      }
    } else {
      System.arraycopy(sums, 0, c, cOffset, n);
    }
  }
}
