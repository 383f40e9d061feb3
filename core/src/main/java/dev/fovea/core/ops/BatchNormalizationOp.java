package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, channel by channel. Inputs: x {@code [N, C, ...]}, moments
 * {@code [2, C]} (row 0 the means, row 1 the variances), weight {@code [C]} (gamma), bias {@code [C]} (beta); y has the
 * shape of x.
 *
 * <p>All four get their gradients. In training the moments come from {@link MomentsOp} of the same x, and the two
 * gradients of x add up to the well-known one; in inference they are the running ones, constants. A plan that sees the
 * former says so ({@link #withOwnMoments()}): then backward computes the sum of both in two passes over memory.
 */
public final class BatchNormalizationOp implements Op {
  private static final int INPUTS = 4;

  private final double epsilon;
  private final boolean ownMoments;
  private final ChannelConstants constants = new ChannelConstants();
  private final ChannelSlopes slopes = new ChannelSlopes();

  /**
   * Batch normalization with this epsilon, which keeps a channel without variance from dividing by 0.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public BatchNormalizationOp(double epsilon) {
    this(epsilon, false);
  }

  private BatchNormalizationOp(double epsilon, boolean ownMoments) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(name() + ": epsilon must be above 0, got " + epsilon);
    }
    this.epsilon = epsilon;
    this.ownMoments = ownMoments;
  }

  /**
   * For plans: this op where the moments are {@link MomentsOp}'s of the same x and serve nothing else that is
   * differentiated. Backward then gives x the whole gradient, what flows through the moments included, and the moments
   * none; that of the moments op must not be called.
   */
  public BatchNormalizationOp withOwnMoments() {
    return new BatchNormalizationOp(epsilon, true);
  }

  /** What is added to the variance. */
  public double epsilon() {
    return epsilon;
  }

  @Override
  public Shape infer(Shape... in) {
    if (in.length != INPUTS) {
      throw new ShapeException(name() + ": expected four inputs, x, moments, weight and bias, got " + in.length);
    }
    if (in[0].rank() < 2) {
      throw new ShapeException(name() + ": expected an input [N, C, ...], got " + in[0]);
    }
    Shape channels = Shape.of(in[0].dim(1));
    if (!in[1].equals(channels.prepend(2)) || !in[2].equals(channels) || !in[3].equals(channels)) {
      throw new ShapeException(name() + ": expected moments " + channels.prepend(2) + ", weight " + channels
          + " and bias " + channels + " for an input " + in[0] + ", got " + in[1] + ", " + in[2] + " and " + in[3]);
    }
    return in[0];
  }

  /** Whatever the format of x and y: moments, weight and bias are no pictures. */
  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in[0]);
  }

  @Override
  public long keptBytes(Shape... in) {
    Channels channels = Channels.of(in[0], MemoryFormat.PLAIN);
    return ChannelConstants.bytes(channels.count()) + ChannelSlopes.bytes(channels);
  }

  /** Subtracts first: factor * x + (bias - factor * mean) would lose the digits of a channel far from 0. */
  @Override
  public void forward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0]);
    float[] x = in[0].data();
    float[] moments = in[1].data();
    float[] weight = in[2].data();
    float[] bias = in[3].data();
    float[] y = out.data();
    constants.start(channels);
    for (int channel = 0; channel < channels.count(); channel++) {
      float factor = (float) (weight[channel] * inverseDeviation(moments, channel, channels));
      constants.set(channel, moments[channel], factor, bias[channel], 0f);
    }
    channels.eachPiece((group, n, offset) ->
        channels.kernels().normalize(n, x, offset, constants.values(), constants.at(group), y, offset, false));
  }

  private double inverseDeviation(float[] moments, int channel, Channels channels) {
    return 1 / Math.sqrt(moments[channels.count() + channel] + epsilon);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0]);
    boolean throughMoments = ownMoments && in[0].wantsGrad();
    if (throughMoments || in[1].wantsGrad() && !ownMoments || in[2].wantsGrad() || in[3].wantsGrad()) {
      sumUp(channels, in, out);
      backwardOfSettings(channels, in);
    }
    if (in[0].wantsGrad()) {
      backwardOfInput(channels, in, out);
    }
  }

  private void sumUp(Channels channels, Tensor[] in, Tensor out) {
    float[] moments = in[1].data();
    constants.start(channels);
    for (int channel = 0; channel < channels.count(); channel++) {
      constants.set(channel, moments[channel], 0f, 0f, 0f);
    }
    slopes.compute(channels, in[0].data(), out.grad(), constants);
  }

  /**
   * With s the sum of dy over a channel and t that of dy (x - mean): dbias = s, dweight = t / deviation, dmean = -s
   * weight / deviation, dvariance = -t weight / (2 deviation^3).
   */
  private void backwardOfSettings(Channels channels, Tensor[] in) {
    float[] moments = in[1].data();
    float[] weight = in[2].data();
    float[] dMoments = in[1].wantsGrad() && !ownMoments ? in[1].grad() : null;
    float[] dWeight = in[2].wantsGrad() ? in[2].grad() : null;
    float[] dBias = in[3].wantsGrad() ? in[3].grad() : null;
    for (int channel = 0; channel < channels.count(); channel++) {
      double s = slopes.slope(channel);
      double t = slopes.product(channel);
      double inverse = inverseDeviation(moments, channel, channels);
      if (dMoments != null) {
        dMoments[channel] -= (float) (s * weight[channel] * inverse);
        dMoments[channels.count() + channel] -= (float) (t * weight[channel] * inverse * inverse * inverse / 2);
      }
      if (dWeight != null) {
        dWeight[channel] += (float) (t * inverse);
      }
      if (dBias != null) {
        dBias[channel] += (float) s;
      }
    }
  }

  /**
   * dx = dy weight / deviation; through x's own moments, of m elements, also dmean / m + dvariance 2 (x - mean) / m.
   */
  private void backwardOfInput(Channels channels, Tensor[] in, Tensor out) {
    boolean add = !in[0].claimGrad();
    float[] x = in[0].data();
    float[] moments = in[1].data();
    float[] weight = in[2].data();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    constants.start(channels);
    for (int channel = 0; channel < channels.count(); channel++) {
      double inverse = inverseDeviation(moments, channel, channels);
      double factor = weight[channel] * inverse;
      if (ownMoments) {
        double share = factor / channels.perChannel();
        double s = slopes.slope(channel);
        double t = slopes.product(channel);
        constants.set(channel, moments[channel], (float) (-share * t * inverse * inverse), (float) (-share * s),
            (float) factor);
      } else {
        constants.set(channel, 0f, (float) factor, 0f, 0f);
      }
    }
    channels.eachPiece((group, n, offset) -> {
      int at = constants.at(group);
      if (ownMoments) {
        channels.kernels().combine(n, x, offset, dy, offset, constants.values(), at, dx, offset, add);
      } else {
        channels.kernels().normalize(n, dy, offset, constants.values(), at, dx, offset, add);
      }
    });
  }

  /** By its own moments the gradient has gone to x already. */
  @Override
  public boolean backwardWrites(int input) {
    return input != 1 || !ownMoments;
  }

  @Override
  public boolean backwardReads(int input) {
    return input < INPUTS - 1;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
