package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import java.util.List;

/**
 * A way to compute a convolution and its gradients on pictures in {@linkplain Blocks blocks of channels}, made for one
 * geometry and number of samples. {@link BlockedConvolution} drives it: shares the work out, adds bias and activation,
 * pools, masks gradients. An algorithm computes sums of products and nothing else.
 *
 * <p>It keeps the filters in the order it likes; {@link #pack} must have been called since they changed. Regions are
 * computed by several threads at a time, a unit of the way back in order, region after region. What a region gives
 * never depends on the threads.
 */
public interface ConvAlgorithm {
  /** The name in plans: {@code winograd 4x4}. */
  String name();

  /** Whether x is plain {@code [N, C, H, W]} (then a "block" of its {@link Blocks} is one channel of one float). */
  default boolean takesPlainInput() {
    return false;
  }

  /** What the way forward is cut into; every output row is in one region. */
  List<Region> regions();

  /**
   * What the way back is cut into: units of whole samples, each a list of regions that are computed in order. There
   * are no more units than make sense as partial sums of the weights' gradient.
   */
  List<List<Region>> units();

  /**
   * Takes over the filters w {@code [filters, C / groups, kernel height, kernel width]}, on all threads.
   *
   * @param backward whether {@link #backward} will be called too
   */
  void pack(float[] w, boolean backward);

  /**
   * z = x * W for the rows of a region, plus a start value for each channel; overwrites.
   *
   * @param start one value an output channel (the bias), padded to whole blocks
   * @param floor z is raised to at least this: 0 for relu, minus infinity for nothing; NaN stays NaN
   */
  void forward(Region region, Blocks x, float[] start, float floor, Blocks z);

  /** How the algorithm pools by itself; {@code null} if it does not. */
  default Pooling pooling() {
    return null;
  }

  /**
   * The gradients of a region, given that of z: adds to the partial sums of the weights' gradient and computes the
   * input's, where they are asked for.
   *
   * @param x the input, {@code null} if {@code partial} is
   * @param dz the gradient of z; only the rows of the region may be read
   * @param partial {@link #partialLength()} floats that the unit adds to; {@code null} if the weights want no gradient
   * @param dx where the input's gradient goes; {@code null} if it wants none
   * @param add whether dx is added to what is there; otherwise every element of the unit's samples is overwritten in
   *     the course of its regions
   */
  void backward(Region region, Blocks x, Blocks dz, float[] partial, Blocks dx, boolean add);

  /**
   * Ends the partial sums of a unit when all of its regions have gone back, on the thread that did: what can be made
   * smaller of them is, for other threads read it.
   */
  default void finish(float[] partial) {}

  /** The length of a partial sum of the weights' gradient, in the algorithm's own order. */
  int partialLength();

  /** dw (+)= the sum of the {@linkplain #finish finished} partial sums, in order; on all threads. */
  void weightGradient(List<float[]> partials, float[] dw, boolean add);

  /**
   * Bytes the algorithm keeps for itself beside the arrays it is given, all threads' scratch included.
   *
   * @param training whether there is a way back, to the input too
   */
  long scratchBytes(boolean training);
}
