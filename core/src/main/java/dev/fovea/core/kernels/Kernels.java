package dev.fovea.core.kernels;

/**
 * Arithmetic on plain arrays: what is worth doing in SIMD. {@link ScalarKernels} is the definition, {@code
 * VectorKernels} the same with the Vector API; {@link #get()} is the one this machine runs.
 *
 * <p>Kernels check nothing and allocate nothing. An offset follows each array. {@code add} says whether the result is
 * added to the output or overwrites it. Sums run in an order fixed by the length alone, so every call gives the same
 * bits, whether the JIT has compiled it yet or not.
 */
public interface Kernels {
  /** Rows of a {@link #dotTile}. */
  int DOTS = 4;
  /** Columns that {@link #foldDots} adds up at a time. */
  int DOT_STRIP = 16;

  /** The kernels in use, chosen once; the choice and its reason are logged. */
  static Kernels get() {
    return KernelChoice.KERNELS;
  }

  /** The name in logs and benchmarks: {@code scalar}, {@code vector-512}. */
  String name();

  /** Rows of C that one {@link #gemmTile} computes, at most. */
  int tileRows();

  /** Rows of the tiles into which C is cut best if it has so many: {@link #tileRows()} or fewer. */
  int tileRows(int rows);

  /** Columns of C that one {@link #gemmTile} computes. */
  int tileColumns();

  /**
   * The register tile of the matrix product: C[i][j] (+)= sum over p below depth of a[i * aRow + p * aStep] * b[p *
   * bStride + j], p ascending, for i below {@code rows} and j below {@code columns}; nothing else of C is touched. Row
   * i of C starts at {@code c[cOffset + i * cStride]}. The arrays a and b hold a whole tile's values even where less
   * is asked.
   */
  void gemmTile(int rows, int columns, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] c, int cOffset, int cStride, boolean add);

  /** Whether {@link #gemmTile} takes any {@code aRow}; otherwise it must be 1. */
  boolean tileReadsRows();

  /** How many rows (or columns) a product may have for {@link #dotTile} on rows as they lie to beat packing them. */
  int dotLimit();

  /** Columns of the widest {@link #dotTile}. */
  int dotColumns();

  /** Floats that a column of a {@link #dotTile} takes: each of its {@value #DOTS} sums is left in several parts. */
  int dotSize();

  /**
   * {@value #DOTS} rows by 4 or {@link #dotColumns()} columns of dot products, the sums over p below depth of
   * a[aOffset + i * aStride + p] * b[bOffset + j * bStride + p]; column j at {@code sums[sumsOffset + j * dotSize()]},
   * in parts that {@link #foldDots} adds up. The depth is at least 16.
   */
  void dotTile(int columns, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset);

  /** A column of a tile: dot products of one line, x, with up to {@value #DOTS} others. */
  void dotRow(int depth, float[] x, int xOffset, int lines, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset);

  /**
   * C[i][j] (+)= the sum of row i and column j, for i below {@value #DOTS} and j below {@code columns}, at most
   * {@value #DOT_STRIP}. From {@code sums[sumsOffset]} on lie as many columns of tiles, one behind the other, and
   * behind them room for the rest, which may hold rubbish. They are used up.
   */
  void foldDots(int columns, float[] sums, int sumsOffset, float[] c, int cOffset, int cStride, boolean add);

  /** y = a + b. */
  void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset);

  /** y (+)= a * b. */
  void multiply(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, boolean add);

  /** y (+)= factor * x. */
  void scale(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add);

  /** y = factor * x + offset. */
  void affine(int n, float factor, float offset, float[] x, int xOffset, float[] y, int yOffset);

  /** y = max(x, 0); NaN stays NaN. x and y may be the same place. */
  void relu(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** dx (+)= dy where y > 0, else 0. */
  void reluGrad(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add);

  /** The sum of x. */
  float sum(int n, float[] x, int xOffset);

  /** The sum of a * b. */
  float dot(int n, float[] a, int aOffset, float[] b, int bOffset);

  /** The sum of (x - center)^2. */
  float squaredDistance(int n, float center, float[] x, int xOffset);

  /** The sum of (a - center) * b. */
  float centeredDot(int n, float center, float[] a, int aOffset, float[] b, int bOffset);

  /** The sum of x^2 in double precision, which no float's square overflows. */
  double sumOfSquares(int n, float[] x, int xOffset);

  /** Whether all of x are finite numbers. */
  boolean finite(int n, float[] x, int xOffset);

  /** y = e^(x - shift), to 2 units in the last place; below -87 the result is 0, NaN stays NaN. */
  void exp(int n, float shift, float[] x, int xOffset, float[] y, int yOffset);
}
