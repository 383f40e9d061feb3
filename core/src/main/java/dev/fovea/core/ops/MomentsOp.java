package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * The mean and the variance of each channel over all other axes: {@code [N, C, ...]} to {@code [2, C]}, row 0 the
 * means, row 1 the variances. The variance is the biased one, the mean of (x - mean)^2. dx = dmean / m + dvar 2 (x -
 * mean) / m, where m elements share a channel.
 *
 * <p>Taken by {@link ChannelMoments}: a channel far from 0 keeps its digits.
 */
public final class MomentsOp implements Op {
  private final ChannelConstants constants = new ChannelConstants();
  private final ChannelMoments moments = new ChannelMoments();

  @Override
  public Shape infer(Shape... in) {
    if (in.length != 1) {
      throw new ShapeException(name() + ": expected one input, got " + in.length);
    }
    if (in[0].rank() < 2) {
      throw new ShapeException(name() + ": expected an input [N, C, ...], got " + in[0]);
    }
    return Shape.of(2, in[0].dim(1));
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public long keptBytes(Shape... in) {
    Channels channels = Channels.of(in[0], MemoryFormat.PLAIN);
    return ChannelConstants.bytes(channels.count()) + ChannelMoments.bytes(channels);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0]);
    float[] y = out.data();
    moments.compute(channels, in[0].data());
    for (int channel = 0; channel < channels.count(); channel++) {
      y[channel] = (float) moments.mean(channel);
      y[channels.count() + channel] = (float) (moments.squares(channel) / channels.perChannel());
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    Channels channels = Channels.of(in[0]);
    boolean add = !in[0].claimGrad();
    float[] x = in[0].data();
    float[] dx = in[0].grad();
    float[] y = out.data();
    float[] dy = out.grad();
    int count = channels.count();
    constants.start(channels);
    for (int channel = 0; channel < count; channel++) {
      float factor = 2 * dy[count + channel] / channels.perChannel();
      constants.set(channel, y[channel], factor, dy[channel] / channels.perChannel(), 0f);
    }
    channels.eachPiece((group, n, offset) ->
        channels.kernels().normalize(n, x, offset, constants.values(), constants.at(group), dx, offset, add));
  }
}
