package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;

/**
 * y = x / (1 - rate) where a draw of its own keeps the element, else 0: inverted dropout, for training alone (in
 * inference nothing is done). dx = dy / (1 - rate) for the elements that were kept.
 *
 * <p>Each forward draws one key, and the key decides for every element, so the mask does not depend on the threads and
 * need not be stored: backward asks the key again.
 */
public final class DropoutOp implements Op {
  /** Elements a thread takes at a time. */
  private static final int STRETCH = 1 << 14;

  private final RandomSource random;
  private final float scale;
  /** An element is kept where its 63 random bits, as a number, are at least this. */
  private final long threshold;
  private long key;

  /**
   * Dropout of this share of the elements, drawn from this source.
   *
   * @throws IllegalArgumentException if the rate is below 0, or 1 or more
   */
  public DropoutOp(double rate, RandomSource random) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(name() + ": rate must be at least 0 and below 1, got " + rate);
    }
    if (random == null) {
      throw new IllegalArgumentException(name() + ": expected a random source, got null");
    }
    this.random = random;
    this.scale = (float) (1 / (1 - rate));
    this.threshold = (long) (rate * 0x1p63);
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length != 1) {
      throw new ShapeException(name() + ": expected one input, got " + in.length);
    }
    return in[0];
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    key = random.bits();
    run(out, in[0].data(), out.data(), false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      run(out, out.grad(), in[0].grad(), add);
    }
  }

  /** y (+)= x / (1 - rate) where the element is kept. An element is numbered by its logical place in either format. */
  private void run(Tensor out, float[] x, float[] y, boolean add) {
    if (out.format() == MemoryFormat.PLAIN) {
      Parallel.ranges(out.length(), STRETCH, (from, to) -> thin(to - from, x, from, y, from, 1, from, add));
      return;
    }
    int width = MemoryFormat.BLOCK;
    int pixels = out.shape().dim(2) * out.shape().dim(3);
    int channels = out.shape().dim(1);
    int blocks = out.length() / out.shape().dim(0) / pixels / width;
    Parallel.ranges(out.length() / width, STRETCH / width, (from, to) -> {
      for (int i = from; i < to; i++) {
        int block = i / pixels;
        int channel = block / blocks * channels + block % blocks * width;
        thin(width, x, i * width, y, i * width, pixels, (long) channel * pixels + i % pixels, add);
      }
    });
  }

  /** n elements side by side, the first of which has this number and the next one {@code step} more. */
  private void thin(int n, float[] x, int xOffset, float[] y, int yOffset, int step, long number, boolean add) {
    for (int i = 0; i < n; i++) {
      float kept = keptOrZero(number + (long) i * step, scale * x[xOffset + i]);
      y[yOffset + i] = add ? y[yOffset + i] + kept : kept;
    }
  }

  /** The value where the element is kept, else 0; without a branch, which no processor could foretell. */
  private float keptOrZero(long element, float value) {
    long belowThreshold = ((RandomSource.at(key, element) >>> 1) - threshold) >> (Long.SIZE - 1);
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & (int) ~belowThreshold);
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
