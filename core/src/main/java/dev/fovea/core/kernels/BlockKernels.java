package dev.fovea.core.kernels;

/**
 * Pooling on pictures in {@linkplain Blocks blocks of channels}, a row of places at a time: {@code n} pixels of {@value
 * Blocks#WIDTH} floats each, one in each lane, so that nothing is shuffled; and the transpose that turns planes into
 * blocks. {@link ScalarBlocks} is the definition, {@code VectorBlocks} its SIMD twin.
 *
 * <p>As in {@link Kernels}, an offset in floats follows each array and {@code add} says whether the output is added to
 * or overwritten. A {@code step} is the number of pixels from one to the next.
 *
 * <p>Which cell of its window a maximum was is kept in a byte, four pixels to an int: that of pixel p of a plane of
 * outputs stands in the 8 bits from {@code p % 4 * 8} on of the {@value Blocks#WIDTH} ints that begin at {@code origin
 * + p / 4 * WIDTH}. Bytes would be the same memory, but vectors of ints have as many lanes as vectors of floats.
 */
public interface BlockKernels {
  /** The logarithm of {@link #PIXELS_AN_INT}. */
  int LOG_PIXELS_AN_INT = 2;

  /** Pixels whose choices share an int. */
  int PIXELS_AN_INT = 1 << LOG_PIXELS_AN_INT;

  /** The kernels in use. */
  static BlockKernels get() {
    return Chosen.KERNELS;
  }

  /** The ints that the choices of so many pixels of a block take. */
  static int choiceLength(int pixels) {
    return (pixels + PIXELS_AN_INT - 1) / PIXELS_AN_INT * Blocks.WIDTH;
  }

  /**
   * Windows of 2 by 2 side by side: y = the largest cell, chosen = which one it was, the first of several (0 and 1
   * above, 2 and 3 below). NaN if one is NaN.
   *
   * @param upper where the first window's upper row begins in x, {@code lower} its lower row
   * @param pixel the number of the first output in its plane
   */
  void halveByMaximum(int n, float[] x, int upper, int lower, float[] y, int yOffset, int[] chosen, int origin,
      int pixel);

  /**
   * Windows of any kind: y = the largest cell, chosen = its number, the first of several. NaN if one is NaN. The cells
   * of the first window lie at {@code xOffset + cells[from]} .. {@code xOffset + cells[to - 1]}.
   *
   * @param numbers of the cells, 0 to 255
   * @param xStep from one window to the next
   */
  void largestUnder(int n, int from, int to, int[] cells, int[] numbers, float[] x, int xOffset, int xStep,
      float[] y, int yOffset, int[] chosen, int origin, int pixel);

  /** dx += dy where the choice is this number. */
  void giveToChosen(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, int dxStep);

  /** For two cells side by side, of this number and the next: dx (+)= dy in the one that was chosen, else 0. */
  void givePairs(int n, int number, float[] dy, int dyOffset, int[] chosen, int origin, int pixel,
      float[] dx, int dxOffset, boolean add);

  /** Windows as in {@link #largestUnder}: y = the sum of the cells / divisor. */
  void meanUnder(int n, int from, int to, int[] cells, float divisor, float[] x, int xOffset, int xStep,
      float[] y, int yOffset);

  /** Both of two pixels side by side get y (+)= factor * x. */
  void spreadPairs(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add);

  /** y += x / divisor, where y steps. */
  void scatter(int n, float divisor, float[] x, int xOffset, float[] y, int yOffset, int yStep);

  /** y (+)= one pixel, n times. */
  void repeat(int n, float[] pixel, int pixelOffset, float[] y, int yOffset, boolean add);

  /** Lane by lane the largest of n pixels, and which one it was: the first of several, or the first NaN. */
  void largest(int n, float[] x, int xOffset, float[] y, int yOffset, int[] chosen, int chosenOffset);

  /**
   * A square of {@value Blocks#WIDTH} by {@value Blocks#WIDTH}: {@code y[to + j * yStride + i] = x[from + i * stride +
   * j]}.
   */
  void transpose(float[] x, int from, int stride, float[] y, int to, int yStride);

  /** Chosen when first asked for. */
  final class Chosen {
    private static final BlockKernels KERNELS =
        KernelChoice.twin(new ScalarBlocks(), BlockKernels.class, "dev.fovea.core.kernels.VectorBlocks");

    private Chosen() {}
  }
}
