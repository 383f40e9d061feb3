package dev.fovea.core.kernels;

/**
 * Where pictures in blocks of {@value #WIDTH} channels lie in an array: the {@value #WIDTH} values of pixel (row,
 * column) of block b of sample n begin at {@code origin + n * sampleStride + b * blockStride + row * rowStride +
 * column * WIDTH}. The channels of a block lie side by side, so SIMD lanes run over channels and nothing is ever
 * shuffled; a last block that is not full is padded with channels that mean nothing but hold finite values.
 *
 * <p>(The layout is the one that oneDNN calls nChw16c.)
 *
 * @param data the array
 * @param origin where sample 0, block 0, row 0 begins; may lie outside of the array if that row is not in it
 * @param sampleStride floats from one sample to the next
 * @param blockStride floats from one block of channels to the next
 * @param rowStride floats from one row to the next
 */
public record Blocks(float[] data, int origin, int sampleStride, int blockStride, int rowStride) {
  /** Channels in a block. */
  public static final int WIDTH = 16;

  /** How many blocks so many channels fill. */
  public static int count(int channels) {
    return (channels + WIDTH - 1) / WIDTH;
  }

  /** Whole pictures, one after the other. */
  public static Blocks of(float[] data, int channels, int height, int width) {
    int plane = height * width * WIDTH;
    return new Blocks(data, 0, count(channels) * plane, plane, width * WIDTH);
  }

  /** Where a row of a block of a sample begins. */
  public int row(int sample, int block, int row) {
    return origin + sample * sampleStride + block * blockStride + row * rowStride;
  }
}
