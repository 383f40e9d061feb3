package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.KernelChoice;

/**
 * The register tiles of convolution as it is defined: sums of products over pictures in {@linkplain Blocks blocks of
 * channels}. {@link ScalarDirect} is the definition, {@code VectorDirect} the same with the Vector API.
 *
 * <p>What a tile reads is told by tables of offsets, so that any kernel, stride, dilation, padding and number of
 * groups is one loop. A <em>tap</em> is three numbers: an offset in x, a row in the filters, and a length: that many
 * neighbouring values of x are multiplied with as many neighbouring rows of the filters. A <em>run</em> is three
 * numbers too: an offset in x, one in dz, and a number of pixels that follow one another. Lengths are at least 1. An
 * offset follows each array and is added to what the tables say.
 */
public interface DirectKernels {
  /** Pixels of the tile of {@link #products}. */
  int PIXELS = 12;
  /** Channels of the tile of {@link #weights}. */
  int CHANNELS = 8;
  /** Taps of the tiles of {@link #taps}, {@link #depthwise} and {@link #depthwiseTaps}. */
  int TAPS = 9;

  /** Windows of the tile of {@link #pooled}. */
  int WINDOWS = 3;

  /** The kernels in use. */
  static DirectKernels get() {
    return Holder.KERNELS;
  }

  /** Chosen once. */
  final class Holder {
    private static final DirectKernels KERNELS = KernelChoice.twin(new ScalarDirect(), DirectKernels.class,
        "dev.fovea.core.kernels.conv.direct.loops.VectorDirect");

    private Holder() {}
  }

  /** Output channels of a vector: a divisor of {@value Blocks#WIDTH}. */
  int lanes();

  /** Vectors of the widest tile: 2 if a vector is a whole block, else 1. */
  int vectors();

  /**
   * Output pixels of {@code vectors} times {@link #lanes} channels: z = max(floor, start + the sum over taps and their
   * lengths of x * w). Pixel p reads at {@code xCells[first + p]}, starts from {@code startCells[first + p]} and is
   * written to {@code zCells[first + p]}; the cell of a tile's last pixels may be one and the same. NaN stays NaN.
   *
   * @param count how many taps
   * @param w rows of {@code vectors * lanes()} filters
   * @param start what sums begin with; may be z itself
   * @param startSecond from the first vector of start to the second, if there are two
   * @param zSecond from the first vector of z to the second, if there are two
   */
  void products(int vectors, int[] taps, int count, float[] x, int xOffset, int[] xCells, int first,
      float[] w, int wOffset, float[] start, int startOffset, int[] startCells, int startSecond, float floor,
      float[] z, int zOffset, int[] zCells, int zSecond);

  /**
   * The largest of 2 by 2 output pixels of {@code vectors} times {@link #lanes} channels: y = max(floor, the largest of
   * start + the sum over single taps of x * w). NaN stays NaN. A <em>window</em> is four numbers: an offset in x of the
   * upper left pixel, whose right neighbour is the next float; one in y; one in chosen; and a shift.
   *
   * @param first number of the first of {@value #WINDOWS} windows
   * @param taps their offsets in x; they have the rows of the filters in order
   * @param count how many taps
   * @param xRow from a window's upper pixels to its lower ones
   * @param ySecond from the first vector of y to the second, if there are two
   * @param chosen gets the number 0..3 of the largest pixel, row by row, the first of several: shifted to the left, by
   *     OR with what is there
   * @param chosenSecond from the first vector of chosen to the second, if there are two
   */
  void pooled(int vectors, int[] windows, int first, int[] taps, int count, float[] x, int xOffset, int xRow,
      float[] w, int wOffset, float[] start, int startOffset, float floor,
      float[] y, int yOffset, int ySecond, int[] chosen, int chosenOffset, int chosenSecond);

  /**
   * The gradient of the weights of {@value #CHANNELS} neighbouring channels and {@code vectors} times {@link #lanes}
   * filters: {@code dw[c][f] += } the sum over all pixels of the runs of {@code x[c] * dz[f]}.
   *
   * @param count how many runs
   * @param xStep floats of x from one pixel of a run to the next
   * @param dzSecond from the first vector of dz to the second, if there are two
   * @param dzStep floats of dz from one pixel of a run to the next
   */
  void weights(int vectors, int[] runs, int count, float[] x, int xOffset, int xStep,
      float[] dz, int dzOffset, int dzSecond, int dzStep, float[] dw, int dwOffset);

  /**
   * The same for {@value #TAPS} taps of single values, of which only the offset is read, from tap number {@code first}
   * on: {@code dw[t][f] += } the sum over all pixels of the runs of {@code x[tap t] * dz[f]}.
   */
  void taps(int vectors, int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, int dzSecond, float[] dw, int dwOffset);

  /**
   * The gradient of the weights of a 3x3 kernel on one channel and {@link #lanes} filters whose outputs are {@linkplain
   * #pooled pooled}, and of the bias: {@code dw[t][f] += } the sum over windows of {@code x[tap t of the chosen pixel]
   * * dy[f]}, {@code dw[9][f] += } that of {@code dy[f]}, leaving out where y is the floor or less.
   *
   * @param windows as of {@link #pooled}, of which all four numbers are read
   * @param count how many windows
   * @param xRow floats of x from one row to the next
   * @param yOffset an offset in y and in dy
   * @param floor NaN for none
   * @param dw a row of {@link #lanes} for each of the taps, and one for the bias
   */
  void pooledTaps(int[] windows, int count, float[] x, int xOffset, int xRow, float[] y, float[] dy, int yOffset,
      float floor, int[] chosen, int chosenOffset, float[] dw, int dwOffset);

  /**
   * Output pixels of {@link #lanes} channels, each of which has one filter of its own: z = max(floor, start + the sum
   * over {@value #TAPS} taps of x * w, channel by channel), for all pixels of the runs, whose second number is an
   * offset in z. NaN stays NaN. Of the taps only the offset is read, from tap number {@code first} on.
   *
   * @param xStep floats of x from one pixel of a run to the next
   * @param w a row of {@link #lanes} for each of the taps
   * @param start what sums begin with; may be z itself
   * @param startFactor 0 if all pixels start from the same vector, 1 if each does from a place of its own, as in z
   * @param zStep floats of z from one pixel of a run to the next
   */
  void depthwise(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] w, int wOffset, float[] start, int startOffset, int startFactor, float floor,
      float[] z, int zOffset, int zStep);

  /**
   * Copies pixels, {@value Blocks#WIDTH} floats each, in their order: where they overlap in y, the later one stays.
   * With steps of less than a block this takes away the gaps between a few channels, and puts them back.
   *
   * @param xStep floats of x from one pixel to the next
   * @param yStep floats of y from one pixel to the next
   */
  void copy(int pixels, float[] x, int xOffset, int xStep, float[] y, int yOffset, int yStep);

  /** As {@link #taps} with one vector, but x is multiplied channel by channel. */
  void depthwiseTaps(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, float[] dw, int dwOffset);
}
