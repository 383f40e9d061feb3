package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/**
 * The matrix product C (+)= A B where both operands' lines lie in memory one after the other, as the input and the
 * weight of a dense layer do: every element of C is a dot product of two rows. Nothing is packed. Copying a weight
 * costs more than multiplying it by the few rows of a batch; with one row (a prediction) it is read once, as fast as
 * memory gives it.
 */
final class DotProducts {
  /** Shorter rows are packed instead: adding up the parts of the sums would cost too much ... */
  private static final int SHORTEST = 192;
  /** ... unless C has so few rows or columns that a packed line would serve few times, or half of a panel be empty. */
  private static final int FEW = 32;
  private static final int SHORTEST_OF_FEW = 32;
  /** Steps taken at a time, or a few more lest few be left: a tile's rows, 4 and 5, stay close to the processor. */
  private static final int STRETCH = 2048;
  /** Columns taken at a time, a multiple of both tiles' widths: columns left over cost most. */
  private static final int STRIP = 80;
  /** Multiplications that make a round of the parallel loop worth its start. */
  private static final int ROUND = 1 << 18;

  private DotProducts() {}

  /** Whether a product of this size is faster so than by {@link Gemm}'s panels. */
  static boolean pays(int m, int n, int k) {
    int fewest = Math.min(m, n);
    return k >= (fewest <= FEW ? SHORTEST_OF_FEW : SHORTEST) && fewest <= Kernels.get().dotLimit();
  }

  /** Bytes of working arrays a thread. */
  static int scratchBytes() {
    return Float.BYTES * (STRIP + Kernels.DOT_STRIP) * Kernels.get().dotSize();
  }

  /** As {@link Gemm#multiply}. Each round takes some columns of C, all rows, the whole depth. */
  static void multiply(int m, int n, int k, Operand.Rows a, Operand.Rows b,
      float[] c, int cOffset, int cStride, boolean add) {
    int columns = (int) Math.max(1, Math.min(n, ROUND / ((long) m * k)) / Kernels.DOT_STRIP) * Kernels.DOT_STRIP;
    Parallel.ranges(n, columns, (from, to) -> {
      int depth;
      for (int p = 0; p < k; p += depth) {
        depth = k - p < STRETCH + SHORTEST_OF_FEW ? k - p : STRETCH;
        new Stretch(m, p, depth, a, b, c, cOffset, cStride, add || p > 0).multiply(from, to);
      }
    });
  }

  /** What a part of the depth, {@code depth} from {@code p} on, adds to C. */
  private record Stretch(int m, int p, int depth, Operand.Rows a, Operand.Rows b,
      float[] c, int cOffset, int cStride, boolean add) {

    void multiply(int from, int to) {
      Kernels kernels = Kernels.get();
      int size = kernels.dotSize();
      float[] sums = Scratch.floats(Purpose.TILE, (STRIP + Kernels.DOT_STRIP) * size);
      for (int j = from; j < to; j += STRIP) {
        int columns = Math.min(STRIP, to - j);
        int i = 0;
        for (; i <= m - Kernels.DOTS; i += Kernels.DOTS) {
          tiles(kernels, i, j, columns, sums);
          for (int q = 0; q < columns; q += Kernels.DOT_STRIP) {
            kernels.foldDots(Math.min(Kernels.DOT_STRIP, columns - q), sums, q * size,
                c, cOffset + i * cStride + j + q, cStride, add);
          }
        }
        for (; i < m; i++) {
          row(kernels, i, j, columns, sums);
        }
      }
    }

    /** The parts of a row of tiles, column after column. */
    private void tiles(Kernels kernels, int i, int from, int columns, float[] sums) {
      int size = kernels.dotSize();
      int left = a.start() + i * a.stride() + p;
      int right = b.start() + from * b.stride() + p;
      int j = 0;
      for (int width; (width = tileColumns(kernels, columns - j)) > 0; j += width) {
        kernels.dotTile(width, depth, a.data(), left, a.stride(), b.data(), right + j * b.stride(), b.stride(),
            sums, j * size);
      }
      for (; j < columns; j++) {
        kernels.dotRow(depth, b.data(), right + j * b.stride(), Kernels.DOTS, a.data(), left, a.stride(),
            sums, j * size);
      }
    }

    /** Wide tiles as soon as they leave nothing over, such of 4 until then; 0 where fewer are left. */
    private static int tileColumns(Kernels kernels, int left) {
      int widest = kernels.dotColumns();
      return left >= widest && left % widest == 0 ? widest : left >= 4 ? 4 : 0;
    }

    /** A row of C by itself: its columns, 4 at a time, take the place of a tile's rows. */
    private void row(Kernels kernels, int i, int from, int columns, float[] sums) {
      int size = kernels.dotSize();
      int left = a.start() + i * a.stride() + p;
      for (int j = 0; j < columns; j += Kernels.DOTS) {
        kernels.dotRow(depth, a.data(), left, Math.min(Kernels.DOTS, columns - j),
            b.data(), b.start() + (from + j) * b.stride() + p, b.stride(), sums, j / Kernels.DOTS * size);
      }
      float[] folded = Scratch.floats(Purpose.ROW, Kernels.DOTS * Kernels.DOT_STRIP);
      int group = Kernels.DOTS * Kernels.DOT_STRIP;
      for (int q = 0; q < columns; q += group) {
        kernels.foldDots(Kernels.DOT_STRIP, sums, q / Kernels.DOTS * size, folded, 0, Kernels.DOT_STRIP, false);
        int to = cOffset + i * cStride + from + q;
        for (int j = 0; j < Math.min(group, columns - q); j++) {
          float sum = folded[j % Kernels.DOTS * Kernels.DOT_STRIP + j / Kernels.DOTS];
          c[to + j] = add ? c[to + j] + sum : sum;
        }
      }
    }
  }
}
