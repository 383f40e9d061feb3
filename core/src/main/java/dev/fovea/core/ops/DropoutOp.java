package dev.fovea.core.ops;

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
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(out.shape().size(), STRETCH, (from, to) -> {
      for (int i = from; i < to; i++) {
        y[i] = keptOrZero(i, scale * x[i]);
      }
    });
  }

  /** The value where the element is kept, else 0; without a branch, which no processor could foretell. */
  private float keptOrZero(int element, float value) {
    long belowThreshold = ((RandomSource.at(key, element) >>> 1) - threshold) >> (Long.SIZE - 1);
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & (int) ~belowThreshold);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    boolean add = !in[0].claimGrad();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    Parallel.ranges(out.shape().size(), STRETCH, (from, to) -> {
      for (int i = from; i < to; i++) {
        float g = keptOrZero(i, scale * dy[i]);
        dx[i] = add ? dx[i] + g : g;
      }
    });
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
