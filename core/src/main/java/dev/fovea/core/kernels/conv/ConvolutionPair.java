package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.Scratch.Purpose;
import dev.fovea.core.kernels.conv.BlockedConvolution.Gradients;

/**
 * Two convolutions of large pictures, the second on what the first gives, sample by sample: what lies between them, and
 * its gradient, are never there for a whole batch. The second's way back for a sample is followed by the first's at
 * once, while the gradient in between is in the cache. What the first gives is either kept, or computed again on the
 * way back, which is worth it where the first is much less work than the second (Chen and others, "Training deep nets
 * with sublinear memory cost", 2016).
 *
 * <p>Values and gradients are, bit for bit, those of the two run one after the other if both cut their way back into
 * the same units, and differ in last digits only otherwise. Arrays are as {@link BlockedConvolution} says; the one in
 * between is called h.
 */
public final class ConvolutionPair {
  private final BlockedConvolution first;
  private final BlockedConvolution second;
  private final int samples;
  private final int hiddenSample;
  private final boolean again;
  /** All of h, where it is kept, once there has been a way forward. */
  private float[] kept = {};

  /**
   * @param second its input is what the first gives
   * @param again whether h is computed again on the way back, else kept
   * @throws IllegalArgumentException if they do not {@linkplain #fits fit}
   */
  public ConvolutionPair(BlockedConvolution first, BlockedConvolution second, boolean again) {
    if (!fits(first, second)) {
      throw new IllegalArgumentException(
          "pair of convolutions: expected two that are computed sample by sample, got small pictures");
    }
    this.first = first.inUnitsOf(second);
    this.second = second;
    this.again = again;
    samples = second.samples();
    hiddenSample = first.ySample();
  }

  /** Whether two can be a pair: their pictures are so large that nothing is computed for several samples at one go. */
  public static boolean fits(BlockedConvolution first, BlockedConvolution second) {
    return first.goesSampleBySample() && second.goesSampleBySample();
  }

  /**
   * y = second(first(x)).
   *
   * @param bias1 {@code null} for none, and so {@code bias2}
   * @param chosen the second's choices; {@code null} if it does not pool, or no way back will follow
   */
  public void forward(float[] x, float[] w1, float[] bias1, float[] w2, float[] bias2, float[] y, int[] chosen,
      boolean training) {
    if (!again) {
      kept = kept.length == 0 ? new float[samples * hiddenSample] : kept;
      first.forward(x, w1, bias1, kept, null, training);
      second.forward(kept, w2, bias2, y, chosen, training);
      return;
    }
    first.take(w1, bias1, training);
    second.take(w2, bias2, training);
    Blocks in = first.input(x);
    Blocks out = second.output(y);
    Parallel.run(samples, sample -> second.forwardOf(sample, computed(sample, in), out, chosen));
  }

  /** h of a sample, in this thread's scratch. */
  private Blocks computed(int sample, Blocks in) {
    Blocks hidden = beside(Purpose.HIDDEN, sample);
    first.forwardOf(sample, in, hidden, null);
    return hidden;
  }

  /** A place for this sample alone. */
  private Blocks beside(Purpose purpose, int sample) {
    Blocks place = first.output(Scratch.floats(purpose, hiddenSample));
    return new Blocks(place.data(), -sample * hiddenSample, hiddenSample, place.blockStride(), place.rowStride());
  }

  /**
   * A place for the gradients of one of the two.
   *
   * @param weights {@code null} if they want none
   * @param addWeights whether theirs is added to what is there
   * @param bias {@code null} if it wants none
   * @param addBias whether its is added
   */
  public record Places(float[] weights, boolean addWeights, float[] bias, boolean addBias) {}

  /**
   * The gradients of everything that wants one, given that of y. Goes back over the last {@link #forward}, which was a
   * training one.
   *
   * @param dx {@code null} if the input wants none
   */
  public void backward(float[] y, float[] dy, int[] chosen, float[] x, float[] w1, float[] w2, float[] dx,
      boolean addDx, Places places1, Places places2) {
    first.begin(w1, places1.weights != null, dx != null);
    second.begin(w2, places2.weights != null, true);
    Blocks in = first.input(x);
    Blocks dIn = dx == null ? null : first.input(dx);
    Blocks dOut = second.output(dy);
    Blocks out = second.output(y);
    Parallel.run(second.units(), unit -> {
      second.clear(unit, places2.weights != null, places2.bias != null);
      first.clear(unit, places1.weights != null, places1.bias != null);
      for (int sample : second.samplesOf(unit)) {
        Blocks hidden = again ? computed(sample, in) : first.output(kept);
        Blocks gradient = beside(Purpose.HIDDEN_GRADIENT, sample);
        second.backwardOf(unit, sample, new Gradients(out, dOut, false, chosen, hidden, gradient, false,
            places2.weights != null, places2.bias != null));
        first.backwardOf(unit, sample, new Gradients(hidden, gradient, true, null, in, dIn, addDx,
            places1.weights != null, places1.bias != null));
      }
      second.finish(unit, places2.weights != null);
      first.finish(unit, places1.weights != null);
    });
    second.end(places2.weights, places2.addWeights, places2.bias, places2.addBias);
    first.end(places1.weights, places1.addWeights, places1.bias, places1.addBias);
  }

  /**
   * Bytes kept beside the arrays that callers bring: both convolutions', h or what there is of it and its gradient.
   *
   * @param training whether there is a way back
   */
  public long scratchBytes(boolean training) {
    int threads = Parallel.threads();
    long values = again ? Math.min(samples, threads) : samples;
    long hidden = values + (training ? Math.min(second.units(), threads) : 0);
    return first.scratchBytes(training, true) + second.scratchBytes(training) + Float.BYTES * hidden * hiddenSample;
  }
}
