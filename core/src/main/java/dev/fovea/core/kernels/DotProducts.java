package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/**
 * The matrix product C (+)= A B where both operands' lines lie in memory one after the other, as the input and the
 * weight of a dense layer do: every element of C is a dot product of two rows. Nothing is packed. Copying a weight
 * costs more than multiplying it by the few rows of a batch; with one row (a prediction) it is read once, as fast as
 * memory gives it.
 */
final class DotProducts {
  /** Shorter rows are packed instead: adding up the lanes of the sums would cost too much. */
  private static final int SHORTEST = 128;
  /**
   * Steps taken at a time: 4 rows of each side, 64 KB together, stay close to the processor. With 800 steps they stay
   * in a first-level cache, but adding up the lanes once more costs more: 91 GFLOP/s become 82 at a depth of 1600.
   */
  private static final int STRETCH = 2048;
  /** Multiplications that make a round of the parallel loop worth its start. */
  private static final int ROUND = 1 << 18;

  private DotProducts() {}

  /** Whether a product of this size is faster so than by {@link Gemm}'s panels. */
  static boolean pays(int m, int n, int k) {
    return k >= SHORTEST && Math.min(m, n) <= Kernels.get().dotLimit();
  }

  /** As {@link Gemm#multiply}. Each round takes some columns of C, all rows, the whole depth. */
  static void multiply(int m, int n, int k, Operand.Rows a, Operand.Rows b,
      float[] c, int cOffset, int cStride, boolean add) {
    long group = (long) m * k * Kernels.DOTS;
    int columns = (int) Math.max(1, Math.min(n, ROUND / group)) * Kernels.DOTS;
    Parallel.ranges(n, columns, (from, to) -> {
      for (int p = 0; p < k; p += STRETCH) {
        stretch(m, from, to, p, Math.min(STRETCH, k - p), a, b, c, cOffset, cStride, add || p > 0);
      }
    });
  }

  private static void stretch(int m, int from, int to, int p, int depth, Operand.Rows a, Operand.Rows b,
      float[] c, int cOffset, int cStride, boolean add) {
    Kernels kernels = Kernels.get();
    float[] sums = Scratch.floats(Purpose.TILE, Kernels.DOTS_ROOM);
    for (int j = from; j < to; j += Kernels.DOTS) {
      int columns = Math.min(Kernels.DOTS, to - j);
      int right = b.start() + j * b.stride() + p;
      int i = 0;
      for (; i <= m - Kernels.DOTS && columns == Kernels.DOTS; i += Kernels.DOTS) {
        int left = a.start() + i * a.stride() + p;
        kernels.dotTile(depth, a.data(), left, a.stride(), b.data(), right, b.stride(), sums);
        for (int row = 0; row < Kernels.DOTS; row++) {
          put(sums, row * Kernels.DOTS, columns, c, cOffset + (i + row) * cStride + j, add);
        }
      }
      // The last columns, fewer than a tile has: each by several rows.
      for (; i <= m - Kernels.DOTS; i += Kernels.DOTS) {
        int left = a.start() + i * a.stride() + p;
        for (int column = 0; column < columns; column++) {
          kernels.dotRow(depth, b.data(), right + column * b.stride(), a.data(), left, a.stride(), sums);
          for (int row = 0; row < Kernels.DOTS; row++) {
            put(sums, row, 1, c, cOffset + (i + row) * cStride + j + column, add);
          }
        }
      }
      for (; i < m; i++) {
        row(kernels, columns, depth, a.data(), a.start() + i * a.stride() + p, b.data(), right, b.stride(), sums);
        put(sums, 0, columns, c, cOffset + i * cStride + j, add);
      }
    }
  }

  /** One row against up to {@link Kernels#DOTS} columns. */
  private static void row(Kernels kernels, int columns, int depth, float[] x, int xOffset,
      float[] b, int bOffset, int bStride, float[] sums) {
    if (columns == Kernels.DOTS) {
      kernels.dotRow(depth, x, xOffset, b, bOffset, bStride, sums);
      return;
    }
    for (int j = 0; j < columns; j++) {
      sums[j] = kernels.dot(depth, x, xOffset, b, bOffset + j * bStride);
    }
  }

  private static void put(float[] sums, int from, int count, float[] c, int to, boolean add) {
    for (int i = 0; i < count; i++) {
      c[to + i] = add ? c[to + i] + sums[from + i] : sums[from + i];
    }
  }
}
