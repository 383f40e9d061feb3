package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/**
 * The matrix product C (+)= A B, on which dense layers and convolutions run.
 *
 * <p>The structure is Goto's, as told by Van Zee and van de Geijn ("BLIS: a framework for rapidly instantiating BLAS
 * functionality", ACM TOMS 2015): operands are copied into panels as wide as the register tile and as deep as the
 * first-level cache allows, and a micro-kernel ({@link Kernels#gemmTile}) that alone knows the machine multiplies
 * panel by panel. Each thread packs one right panel at a time, uses it against the left operand and forgets it.
 *
 * <p>The products of networks are flat: copying would take a large share of them. So what the micro-kernel can read
 * where it lies is not packed: most left operands ({@link LeftPanels}), and right ones whose lines lie side by side.
 * Where the lines of both lie one after the other, nothing is ({@link DotProducts}).
 *
 * <p>In which order the terms of an element of C are added follows from the operands' sizes and strides, never from the
 * threads: the result is the same for any number of them.
 */
public final class Gemm {
  /** The depth of a panel: {@value} steps of a 32-wide panel are 32 KB, what a first-level cache holds. */
  static final int DEPTH = 256;
  /** Up to this depth C is computed row of tiles by row of tiles, not column by column: writing it costs most then. */
  private static final int SHALLOW = 64;
  /** Rows of C in a round of the parallel loop: enough that packing the right panels again for each costs little. */
  private static final int ROUND_ROWS = 256;
  /** The right operand of so many values fits into a second-level cache, nearly. */
  private static final int SMALL_RIGHT = 1 << 19;
  /** A product of no more multiplications than this takes some 5 microseconds: threads would cost more. */
  private static final int SMALL = 1 << 18;

  private static final float[] NOTHING = new float[0];

  private Gemm() {}

  /**
   * C (+)= A B with all threads. C is m by n, row-major, its row i at {@code c[cOffset + i * cStride]}; the depth is k.
   */
  public static void multiply(int m, int n, int k, Operand a, Operand b,
      float[] c, int cOffset, int cStride, boolean add) {
    if (a instanceof Operand.Rows x && b instanceof Operand.Rows y && DotProducts.pays(m, n, k)) {
      DotProducts.multiply(m, n, k, x, y, c, cOffset, cStride, add);
      return;
    }
    LeftPanels left = LeftPanels.of(a, m, k);
    if ((long) m * n * k <= SMALL) {
      block(left, 0, m, k, b, 0, n, c, cOffset, cStride, add);
      return;
    }
    int width = Kernels.get().tileColumns();
    int rows = roundRows(m, n, k, a instanceof Operand.Columns);
    int rowRounds = (m + rows - 1) / rows;
    int columns = Math.max(1, Math.min(RightReading.of(b, Math.min(m, rows), k).columns, n / 4) / width) * width;
    int columnRounds = (n + columns - 1) / columns;
    Parallel.run(rowRounds * columnRounds, round -> {
      int rowFrom = round / columnRounds * rows;
      int from = round % columnRounds * columns;
      block(left, rowFrom, Math.min(m, rowFrom + rows), k, b, from, Math.min(n, from + columns),
          c, cOffset, cStride, add);
    });
  }

  /**
   * Bytes of working arrays that a product takes, those of all threads together, at most.
   *
   * @param aInRows whether the lines of the left operand, the rows of A, lie one after the other
   * @param bInRows whether those of the right one, the columns of B, do
   */
  public static long scratchBytes(int m, int n, int k, boolean aInRows, boolean bInRows) {
    return scratchBytes(Parallel.threads(), m, n, k, aInRows, bInRows);
  }

  /** {@link #scratchBytes(int, int, int, boolean, boolean)} on so many threads: on one, inside a parallel loop. */
  public static long scratchBytes(int threads, int m, int n, int k, boolean aInRows, boolean bInRows) {
    Kernels kernels = Kernels.get();
    if (aInRows && bInRows && DotProducts.pays(m, n, k)) {
      return (long) threads * DotProducts.scratchBytes();
    }
    int height = kernels.tileRows(m);
    boolean packed = aInRows && !kernels.tileReadsRows();
    long left = packed ? packedLength(m, k) : m % height == 0 ? 0 : (long) height * k;
    RightReading way = RightReading.of(bInRows ? Operand.rows(NOTHING, 0, k) : Operand.columns(NOTHING, 0, n), m, k);
    int panel = way.stride(way.copied(Math.min(n, way.columns))) * Math.min(DEPTH, k);
    return Float.BYTES * (left + (long) threads * panel);
  }

  /**
   * Rows of C in a round. Where the left operand is turned round, C is the gradient of a weight: half of its rows, if
   * they make two tiles or more and the right operand is small enough to be read once for each half. Then the two
   * threads of a small machine compute the gradients of the rows that they update and multiply by. Other products are
   * cut by columns first, so that each thread reads only half of the weight: the optimizer will write it.
   */
  private static int roundRows(int m, int n, int k, boolean turned) {
    int height = Kernels.get().tileRows(m);
    int most = ROUND_ROWS / height * height;
    if (!turned || m < 2 * height || (long) n * k > SMALL_RIGHT) {
      return most;
    }
    int halves = (m + 2 * most - 1) / (2 * most) * 2;
    int tiles = (m + height - 1) / height;
    return (tiles + halves - 1) / halves * height;
  }

  /** The length of the packed left operand. */
  static int packedLength(int m, int k) {
    int height = Kernels.get().tileRows();
    return Math.multiplyExact((m + height - 1) / height * height, k);
  }

  /** Packs the left operand whole, panel after panel, each over the whole depth, on the calling thread. */
  static void packLeft(Operand a, int m, int k, float[] left, int offset) {
    int height = Kernels.get().tileRows();
    for (int i = 0; i < m; i += height) {
      a.pack(i, Math.min(height, m - i), 0, k, left, offset + i * k, height);
    }
  }

  /** {@link #block} of a left operand that {@link #packLeft} has packed. */
  static void block(float[] left, int leftOffset, int rowFrom, int rowTo, int k, Operand b, int from, int to,
      float[] c, int cOffset, int cStride, boolean add) {
    block(LeftPanels.packed(left, leftOffset, k), rowFrom, rowTo, k, b, from, to, c, cOffset, cStride, add);
  }

  /**
   * A block of C on the calling thread: rows {@code rowFrom} to {@code rowTo} (multiples of the tile's height apart
   * from the last) and columns {@code from} to {@code to}.
   */
  private static void block(LeftPanels left, int rowFrom, int rowTo, int k, Operand b, int from, int to,
      float[] c, int cOffset, int cStride, boolean add) {
    RightReading way = RightReading.of(b, rowTo - rowFrom, k);
    for (int p = 0; p < k; p += way.depth) {
      int depth = Math.min(way.depth, k - p);
      Tiles tiles = new Tiles(left, rowFrom, rowTo, p, depth, c, cOffset, cStride, add || p > 0);
      int j = from;
      if (way == RightReading.IN_PLACE || way == RightReading.IN_STEPS) {
        Operand.Columns direct = (Operand.Columns) b;
        int over = (to - from) % Kernels.get().tileColumns();
        j = tiles.mayOverlap(from, to) ? to : to - over;
        tiles.multiply(direct.data(), direct.start() + p * direct.stride() + from, direct.stride(), from, j);
      }
      copied(tiles, way, b, p, depth, j, to);
    }
  }

  /** Columns {@code from} to {@code to}, copied before they are used: a tile's width of them at a time, or all. */
  private static void copied(Tiles tiles, RightReading way, Operand b, int p, int depth, int from, int to) {
    int columns = way.copied(to - from);
    int stride = way.stride(columns);
    for (int j = from; j < to; j += columns) {
      int end = Math.min(to, j + columns);
      float[] panel = Scratch.floats(Purpose.PANEL, stride * depth);
      b.pack(j, end - j, p, depth, panel, 0, stride);
      tiles.multiply(panel, 0, stride, j, end);
    }
  }

  /** The tiles of some rows of C, for one stretch of the depth. */
  private record Tiles(LeftPanels left, int rowFrom, int rowTo, int p, int depth,
      float[] c, int cOffset, int cStride, boolean add) {

    /**
     * Whether the last tile may begin inside the one before it, and compute some columns once more, instead of hanging
     * over the edge.
     */
    boolean mayOverlap(int from, int to) {
      return !add && to - from >= Kernels.get().tileColumns();
    }

    /** Columns {@code from} to {@code to}, which lie side by side in b. */
    void multiply(float[] b, int bOffset, int bStride, int from, int to) {
      Kernels kernels = Kernels.get();
      int height = left.height();
      int width = kernels.tileColumns();
      int columns = (to - from + width - 1) / width;
      int rows = (rowTo - rowFrom + height - 1) / height;
      for (int tile = 0; tile < rows * columns; tile++) {
        int i = rowFrom + (depth <= SHALLOW ? tile / columns : tile % rows) * height;
        int j = from + (depth <= SHALLOW ? tile % columns : tile / rows) * width;
        if (to - j < width && mayOverlap(from, to)) {
          j = to - width;
        }
        left.multiply(kernels, i, Math.min(height, rowTo - i), Math.min(width, to - j), p, depth,
            b, bOffset + j - from, bStride, c, cOffset + i * cStride + j, cStride, add);
      }
    }
  }
}
