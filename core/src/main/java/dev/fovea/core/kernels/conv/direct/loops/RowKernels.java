package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.KernelChoice;

/**
 * The tiles of convolution with few filters whose outputs are pooled 2 by 2: the lanes are neighbouring columns of the
 * pooled output; filters follow each other. Each lane has a window of {@value #CELLS} cells, numbered row by row; what
 * these read lies side by side in a picture whose even and odd columns were parted. {@link ScalarRows} is the
 * definition, {@code VectorRows} the same with the Vector API.
 *
 * <p>Which cells of a window a gradient goes back to is told by {@value #CELLS} bits for each of at most {@value
 * #MOST_FILTERS} filters, in an int for each lane: bit {@code 4 f + cell}.
 */
public interface RowKernels {
  /** Cells of a window. */
  int CELLS = 4;
  /** Filters of a tile. */
  int FILTERS = 3;
  /** Taps of the tile of {@link #weights}. */
  int TAPS = 5;
  /** So many have their bits in an int. */
  int MOST_FILTERS = Integer.SIZE / CELLS;

  /** The kernels in use. */
  static RowKernels get() {
    return Holder.KERNELS;
  }

  /** Chosen once. */
  final class Holder {
    private static final RowKernels KERNELS = KernelChoice.twin(new ScalarRows(), RowKernels.class,
        "dev.fovea.core.kernels.conv.direct.loops.VectorRows");

    private Holder() {}
  }

  /** Columns of a vector. */
  int lanes();

  /**
   * {@code z[filter][cell][lane] = start[filter] + } the sum over taps of {@code x[tap's offset for the cell + lane] *
   * w[tap][filter]}, for {@value #FILTERS} filters.
   *
   * @param taps two offsets each: of the left and of the right cells
   * @param count how many
   * @param xLower from what the upper cells read to what the lower ones do
   */
  void sums(int[] taps, int count, float[] x, int xOffset, int xLower, float[] w, int wOffset,
      float[] start, int startOffset, float[] z, int zOffset);

  /**
   * {@code y[filter][lane] = ((a + b) + (c + d)) / 4} of what {@link #sums} gave, raised to at least the floor; bits
   * for the cells that are not at the floor or below: -infinity has no slope where the floor is -infinity. NaN stays
   * NaN and has its bit.
   *
   * @param yStep floats from one filter to the next
   * @param sloped gets the bits
   */
  void mean(int filters, float[] z, int zOffset, float floor, float[] y, int yOffset, int yStep,
      int[] sloped, int slopedOffset);

  /** The largest cell instead of the mean: a bit for the first of several, none where y is at the floor or below. */
  void largest(int filters, float[] z, int zOffset, float floor, float[] y, int yOffset, int yStep,
      int[] sloped, int slopedOffset);

  /**
   * The way back: {@code g[filter][cell][lane] = factor * dy[filter][lane]} where there is a bit, else 0; {@code
   * sums[filter][lane] += } all of a window.
   *
   * @param dyStep floats from one filter to the next
   */
  void slopes(int filters, float factor, float[] dy, int dyOffset, int dyStep, int[] sloped, int slopedOffset,
      float[] g, int gOffset, float[] sums, int sumsOffset);

  /**
   * The gradient of the weights, lane by lane: {@code dw[filter][tap][lane] += } the sum over places of {@code x[place
   * + tap + lane] * g[place + filter * CELLS * lanes + lane]}, for {@value #FILTERS} filters and {@value #TAPS} taps.
   *
   * @param places an offset in x and one in g, each
   * @param count how many
   * @param taps offsets in x, read from number {@code first} on
   */
  void weights(int[] places, int count, float[] x, int xOffset, int[] taps, int first, float[] g, int gOffset,
      float[] dw, int dwOffset);
}
