package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;

/**
 * What an algorithm that pools by itself can do beside {@link ConvAlgorithm}: its sums never are in memory, only
 * what {@link Halving} makes of 2 by 2 of them.
 */
public interface Pooling {
  /** Whether it can do this. */
  boolean takes(Halving halving);

  /** Takes over the filters w for {@link #forward}, as {@link ConvAlgorithm#pack} does for the algorithm's own. */
  void pack(float[] w);

  /**
   * y = the largest, or the mean, of four cells of max(floor, x * W + start) for the rows of y that a region of the
   * convolution's rows fills; overwrites. NaN stays NaN.
   *
   * @param start one value an output channel, padded to whole blocks
   * @param chosen gets what {@link #backward} must know of the cells of each value of y; those of a row begin where
   *     {@link #choices} says. As {@link Epilogue} writes it where {@link #goesBack} is false; {@code null} if nobody
   *     asks
   */
  void forward(Halving halving, Region region, Blocks x, float[] start, float floor, Blocks y, int[] chosen);

  /** Whether there is a {@link #backward} where the input wants no gradient, and the weights do or do not. */
  boolean goesBack(boolean weights);

  /**
   * Adds what a region of a unit gives to the partial sums of the gradients of the weights and of the bias.
   *
   * @param x read only if the weights' gradient is wanted
   * @param y what {@link #forward} gave; places at the floor or below have no gradient, as where f is max(z, floor)
   * @param floor NaN where all places have one; y then may be dy
   * @param dy the gradient of y, which lies as y does
   * @param chosen what {@link #forward} gave
   * @param partial {@code null} if it is not wanted
   * @param bias one sum a channel; {@code null} if it is not wanted
   */
  void backward(Halving halving, Region region, Blocks x, Blocks y, float floor, Blocks dy, int[] chosen,
      float[] partial, float[] bias);

  /** The rows of y that a region of the convolution's rows fills, of so many. */
  static Region pooled(Region region, int height) {
    int first = region.firstRow() / 2;
    int end = Math.min(height, (region.firstRow() + region.rows()) / 2);
    return new Region(region.firstSample(), region.samples(), first, end - first);
  }

  /** Where the choices of a row of y begin; each row has ints of its own, for rows are done by several threads. */
  static int choices(int yRow, int width) {
    return yRow / (width * Blocks.WIDTH) * BlockKernels.choiceLength(width);
  }
}
