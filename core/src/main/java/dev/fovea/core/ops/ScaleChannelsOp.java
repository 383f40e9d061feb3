package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * y = x * factor, each channel of each sample by a factor of its own: how squeeze-and-excitation weighs channels.
 * Inputs: x {@code [N, C, ...]} and factors {@code [N, C]}; y has the shape of x. dx = dy * factor, and the gradient of
 * a factor is the sum of dy x over its channel.
 */
public final class ScaleChannelsOp implements Op {
  private final ChannelConstants constants = new ChannelConstants();
  private final ChannelSlopes slopes = new ChannelSlopes();

  @Override
  public Shape infer(Shape... in) {
    if (in.length != 2) {
      throw new ShapeException(name() + ": expected two inputs, x and factors, got " + in.length);
    }
    if (in[0].rank() < 2) {
      throw new ShapeException(name() + ": expected an input [N, C, ...], got " + in[0]);
    }
    Shape factors = Shape.of(in[0].dim(0), in[0].dim(1));
    if (!in[1].equals(factors)) {
      throw new ShapeException(name() + ": expected factors " + factors + " for an input " + in[0] + ", got " + in[1]);
    }
    return in[0];
  }

  /** Whatever the format of x and y: the factors are no pictures. */
  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in[0]);
  }

  @Override
  public long keptBytes(Shape... in) {
    Channels planes = Channels.of(in[0], MemoryFormat.PLAIN).bySample();
    return ChannelConstants.bytes(planes.count()) + ChannelSlopes.bytes(planes);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    scale(Channels.of(in[0]), in[1].data(), in[0].data(), out.data(), false);
  }

  private void scale(Channels channels, float[] factors, float[] x, float[] y, boolean add) {
    Channels planes = channels.bySample();
    constants.start(planes);
    for (int i = 0; i < channels.samples() * channels.count(); i++) {
      constants.set(channels.place(i / channels.count(), i % channels.count()), 0f, factors[i], 0f, 0f);
    }
    planes.eachPiece((plane, n, offset) ->
        planes.kernels().normalize(n, x, offset, constants.values(), constants.at(plane), y, offset, add));
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0]);
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      scale(channels, in[1].data(), out.grad(), in[0].grad(), add);
    }
    if (in[1].wantsGrad()) {
      constants.start(channels.bySample());
      slopes.compute(channels.bySample(), in[0].data(), out.grad(), constants);
      float[] dFactors = in[1].grad();
      for (int i = 0; i < channels.samples() * channels.count(); i++) {
        dFactors[i] += (float) slopes.product(channels.place(i / channels.count(), i % channels.count()));
      }
    }
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
