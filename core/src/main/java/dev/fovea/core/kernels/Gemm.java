package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/**
 * The matrix product C (+)= A B, on which dense layers and convolutions run.
 *
 * <p>The structure is Goto's, as told by Van Zee and van de Geijn ("BLIS: a framework for rapidly instantiating BLAS
 * functionality", ACM TOMS 2015): both operands are copied into panels as wide as the register tile and as deep as
 * the first-level cache allows, and a micro-kernel ({@link Kernels#gemmTile}) that alone knows the machine multiplies
 * panel by panel. Here the left operand is packed whole and shared; each thread packs one right panel at a time, uses
 * it against all of the left one and forgets it.
 *
 * <p>The terms of each element of C are added in ascending order of depth, in stretches of {@value #DEPTH}, whatever
 * the threads: the result is the same for any number of them.
 */
public final class Gemm {
  /** The depth of a panel: {@value} steps of a 32-wide panel are 32 KB, what a first-level cache holds. */
  static final int DEPTH = 256;
  /** Rows of C in a round of the parallel loop: enough that packing the right panel again for each costs little. */
  private static final int ROUND_ROWS = 256;
  /** Right panels in a round, at most. */
  private static final int ROUND_PANELS = 4;

  private Gemm() {}

  /**
   * C (+)= A B with all threads. C is m by n, row-major, its row i at {@code c[cOffset + i * cStride]}; the depth is k.
   */
  public static void multiply(int m, int n, int k, Operand a, Operand b,
      float[] c, int cOffset, int cStride, boolean add) {
    int width = Kernels.get().tileColumns();
    float[] left = packLeft(Purpose.LEFT_OPERAND, a, m, k);
    int rowRounds = (m + ROUND_ROWS - 1) / ROUND_ROWS;
    int panels = (n + width - 1) / width;
    int perRound = Math.max(1, Math.min(ROUND_PANELS, panels / 4));
    int columnRounds = (panels + perRound - 1) / perRound;
    Parallel.run(rowRounds * columnRounds, round -> {
      int rowFrom = round / columnRounds * ROUND_ROWS;
      int rowTo = Math.min(m, rowFrom + ROUND_ROWS);
      int from = round % columnRounds * perRound * width;
      int to = Math.min(n, from + perRound * width);
      block(left, 0, rowFrom, rowTo, k, b, from, to, c, cOffset, cStride, add);
    });
  }

  /** The length of the packed left operand. */
  static int packedLength(int m, int k) {
    int height = Kernels.get().tileRows();
    return Math.multiplyExact((m + height - 1) / height * height, k);
  }

  /** Packs the left operand whole: panel after panel, each over the whole depth. Several threads share the work. */
  static float[] packLeft(Purpose purpose, Operand a, int m, int k) {
    float[] left = Scratch.floats(purpose, packedLength(m, k));
    int height = Kernels.get().tileRows();
    Parallel.ranges((m + height - 1) / height, Math.max(1, (1 << 14) / (height * k)), (from, to) -> {
      for (int i = from; i < to; i++) {
        packPanel(a, i, m, k, left, 0);
      }
    });
    return left;
  }

  /** The same on the calling thread alone, at an offset. */
  static void packLeft(Operand a, int m, int k, float[] left, int offset) {
    int height = Kernels.get().tileRows();
    for (int i = 0; i * height < m; i++) {
      packPanel(a, i, m, k, left, offset);
    }
  }

  private static void packPanel(Operand a, int i, int m, int k, float[] left, int offset) {
    int height = Kernels.get().tileRows();
    a.pack(i * height, Math.min(height, m - i * height), 0, k, left, offset + i * height * k, height);
  }

  /**
   * A block of C on the calling thread: rows {@code rowFrom} to {@code rowTo} (a multiple of the tile's height apart
   * from the last) and columns {@code from} to {@code to}.
   */
  static void block(float[] left, int leftOffset, int rowFrom, int rowTo, int k, Operand b, int from, int to,
      float[] c, int cOffset, int cStride, boolean add) {
    int width = Kernels.get().tileColumns();
    float[] panel = Scratch.floats(Purpose.PANEL, DEPTH * width);
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      boolean onTop = add || p > 0;
      for (int j = from; j < to; j += width) {
        int columns = Math.min(width, to - j);
        b.pack(j, columns, p, depth, panel, 0, width);
        tiles(left, leftOffset, rowFrom, rowTo, k, p, depth, panel, columns, c, cOffset + j, cStride, onTop);
      }
    }
  }

  private static void tiles(float[] left, int leftOffset, int rowFrom, int rowTo, int k, int p, int depth,
      float[] panel, int columns, float[] c, int cOffset, int cStride, boolean add) {
    Kernels kernels = Kernels.get();
    int height = kernels.tileRows();
    for (int i = rowFrom; i < rowTo; i += height) {
      int rows = Math.min(height, rowTo - i);
      int a = leftOffset + i * k + p * height;
      if (rows == height && columns == kernels.tileColumns()) {
        kernels.gemmTile(depth, left, a, panel, 0, c, cOffset + i * cStride, cStride, add);
      } else {
        edge(kernels, depth, left, a, panel, rows, columns, c, cOffset + i * cStride, cStride, add);
      }
    }
  }

  /** A tile that hangs over the edge of C is computed beside it; the part inside is copied. */
  private static void edge(Kernels kernels, int depth, float[] left, int a, float[] panel, int rows, int columns,
      float[] c, int cOffset, int cStride, boolean add) {
    int width = kernels.tileColumns();
    float[] tile = Scratch.floats(Purpose.TILE, kernels.tileRows() * width);
    kernels.gemmTile(depth, left, a, panel, 0, tile, 0, width, false);
    for (int i = 0; i < rows; i++) {
      int to = cOffset + i * cStride;
      if (add) {
        kernels.add(columns, c, to, tile, i * width, c, to);
      } else {
        System.arraycopy(tile, i * width, c, to, columns);
      }
    }
  }
}
