package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;

/** Work on rows of pixels of one {@linkplain Blocks block} of channels, 16 floats each, one after the other. */
interface PixelKernels {
  /**
   * Maximum pooling, 2 by 2 cells at stride 2, of two rows of z into one of y. For each value {@code chosen} gets the
   * number 0..3 of the largest cell, row by row; the first of several. A NaN makes the output NaN. The numbers are
   * kept as {@link BlockKernels} keep those of a plane; {@link BlockKernels#choiceLength} ints are overwritten.
   *
   * @param pixels of y
   */
  void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset, int[] chosen, int chosenOffset);

  /** {@link #pool} without a word on which cell it was. */
  void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset);

  /** The way back of {@link #pool}: in two rows of dz the chosen cells get dy, the others 0. */
  void unpool(int pixels, float[] dy, int dyOffset, int[] chosen, int chosenOffset, float[] dz, int upper, int lower);

  /**
   * Average pooling, 2 by 2 cells at stride 2: y = ((a + b) + (c + d)) / 4. For each value {@code sloped} gets four
   * bits that say which of the cells a gradient goes back to: bit k for cell k, row by row, unless it is the floor or
   * less. They are kept as the numbers of {@link #pool} are.
   *
   * @param pixels of y
   * @param floor NaN if all cells have a slope
   */
  void mean(int pixels, float[] z, int upper, int lower, float floor, float[] y, int yOffset,
      int[] sloped, int slopedOffset);

  /** {@link #mean} without a word on slopes. */
  void mean(int pixels, float[] z, int upper, int lower, float[] y, int yOffset);

  /**
   * The way back of {@link #mean}: in two rows of dz the cells that have a slope get dy / 4, the others 0; what they
   * get is added to the sums of the 16 channels.
   */
  void unmean(int pixels, float[] dy, int dyOffset, int[] sloped, int slopedOffset, float[] dz, int upper, int lower,
      float[] sums, int sumsOffset);

  /** For each of the 16 channels: sums[channel] += the sum over the pixels. */
  void sum(int pixels, float[] x, int xOffset, float[] sums, int sumsOffset);
}
