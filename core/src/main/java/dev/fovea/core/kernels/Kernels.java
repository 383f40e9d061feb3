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
  /** The kernels in use, chosen once; the choice and its reason are logged. */
  static Kernels get() {
    return KernelChoice.KERNELS;
  }

  /** The name in logs and benchmarks: {@code scalar}, {@code vector-512}. */
  String name();

  /** Rows of C that one {@link #gemmTile} computes. */
  int tileRows();

  /** Columns of C that one {@link #gemmTile} computes. */
  int tileColumns();

  /**
   * The register tile of the matrix product: C[i][j] (+)= sum over p below depth of a[p * tileRows + i] * b[p *
   * tileColumns + j], for all rows and columns of a tile, p ascending. Row i of C starts at {@code c[cOffset + i *
   * cStride]}.
   */
  void gemmTile(int depth, float[] a, int aOffset, float[] b, int bOffset,
      float[] c, int cOffset, int cStride, boolean add);

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
