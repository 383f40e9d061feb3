package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;

/**
 * What an algorithm that pools by itself can do beside {@link ConvAlgorithm}: its sums never are in memory, only the
 * largest of 2 by 2 cells at stride 2 (an odd last row or column is dropped).
 */
public interface Pooling {
  /**
   * y = max(floor, the largest of four cells of x * W + start) for the rows of y that a region of the convolution's
   * rows fills; overwrites. NaN stays NaN.
   *
   * @param start one value an output channel, padded to whole blocks
   * @param chosen gets the number of the cell for each value of y, in the order of {@link #choices}; {@code null} if
   *     nobody asks
   */
  void forward(Region region, Blocks x, float[] start, float floor, Blocks y, int[] chosen);

  /** Whether there is a {@link #backward}, for where the input wants no gradient. */
  boolean goesBack();

  /**
   * Adds what a region of a unit gives to the partial sums of the gradients of the weights and of the bias.
   *
   * @param y what {@link #forward} gave; places at the floor or below have no gradient, as where f is max(z, floor)
   * @param floor NaN where all places have one; y then may be dy
   * @param dy the gradient of y, which lies as y does
   * @param chosen what {@link #forward} gave
   * @param bias one sum a channel; {@code null} if it is not wanted
   */
  void backward(Region region, Blocks x, Blocks y, float floor, Blocks dy, int[] chosen, float[] partial, float[] bias);

  /** Where the choices of a row of y begin; each row has ints of its own, for rows are done by several threads. */
  static int choices(int yRow, int width) {
    return yRow / (width * Blocks.WIDTH) * BlockKernels.choiceLength(width);
  }
}
