package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * y = x / (1 - rate) where a draw keeps the element, else 0; elements that agree in their places along the first axes
 * share one draw. With two such axes whole channels are dropped, of each sample by itself (Tompson and others 2015);
 * with one, whole samples: what stochastic depth does to a branch. dx = dy / (1 - rate) for what was kept.
 *
 * <p>As in {@link DropoutOp}, each forward draws one key, and the key decides for every draw, whatever the threads.
 */
public final class SpatialDropoutOp implements Op {
  private final int axes;
  private final RandomSource random;
  private final float scale;
  /** A part is kept where its 63 random bits, as a number, are at least this. */
  private final long threshold;
  private final ChannelConstants constants = new ChannelConstants();
  private long key;

  /**
   * Dropout of this share of the parts, drawn from this source.
   *
   * @param axes how many axes, from the first one on, tell a part: 1 for samples, 2 for their channels
   * @throws IllegalArgumentException if the axes are others, or the rate is below 0, or 1 or more
   */
  public SpatialDropoutOp(int axes, double rate, RandomSource random) {
    if (axes != 1 && axes != 2) {
      throw new IllegalArgumentException(name() + ": the number of axes must be 1 or 2, got " + axes);
    }
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(name() + ": rate must be at least 0 and below 1, got " + rate);
    }
    if (random == null) {
      throw new IllegalArgumentException(name() + ": expected a random source, got null");
    }
    this.axes = axes;
    this.random = random;
    this.scale = (float) (1 / (1 - rate));
    this.threshold = (long) (rate * 0x1p63);
  }

  @Override
  public Shape infer(Shape... in) {
    Shape x = Inputs.one(this, in);
    if (x.rank() < 2) {
      throw new ShapeException(name() + ": expected an input [N, C, ...], got " + x);
    }
    return x;
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public long keptBytes(Shape... in) {
    return ChannelConstants.bytes(Channels.of(in[0], MemoryFormat.PLAIN).bySample().count());
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

  private void run(Tensor out, float[] x, float[] y, boolean add) {
    Channels channels = Channels.of(out);
    Channels planes = channels.bySample();
    constants.start(planes);
    for (int sample = 0; sample < channels.samples(); sample++) {
      for (int channel = 0; channel < channels.count(); channel++) {
        long draw = axes == 1 ? sample : (long) sample * channels.count() + channel;
        boolean kept = RandomSource.at(key, draw) >>> 1 >= threshold;
        constants.set(channels.place(sample, channel), 0f, kept ? scale : 0f, 0f, 0f);
      }
    }
    planes.eachPiece((plane, n, offset) ->
        planes.kernels().normalize(n, x, offset, constants.values(), constants.at(plane), y, offset, add));
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
