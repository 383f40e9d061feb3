package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, channel by channel. Inputs: x {@code [N, C, ...]}, moments
 * {@code [2, C]} (row 0 the means, row 1 the variances), weight {@code [C]} (gamma), bias {@code [C]} (beta); y has the
 * shape of x.
 *
 * <p>All four get their gradients. In training the moments come from {@link MomentsOp} of the same x, and the two
 * gradients of x add up to the well-known one; in inference they are the running ones, constants.
 */
public final class BatchNormalizationOp implements Op {
  private static final int INPUTS = 4;

  private final double epsilon;
  /** Per channel: weight / deviation. */
  private float[] factors = {};

  /**
   * Batch normalization with this epsilon, which keeps a channel without variance from dividing by 0.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public BatchNormalizationOp(double epsilon) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException(name() + ": epsilon must be above 0, got " + epsilon);
    }
    this.epsilon = epsilon;
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

  @Override
  public long keptBytes(Shape... in) {
    return Float.BYTES * (long) in[0].dim(1);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0].shape());
    float[] x = in[0].data();
    float[] moments = in[1].data();
    setFactors(moments, in[2].data(), channels);
    float[] bias = in[3].data();
    float[] y = out.data();
    Parallel.ranges(channels.samples() * channels.count(), channels.planesAtATime(), (from, to) -> {
      for (int i = from; i < to; i++) {
        int channel = i % channels.count();
        normalize(channels.plane(), moments[channel], factors[channel], bias[channel], x, y, i * channels.plane());
      }
    });
  }

  private void setFactors(float[] moments, float[] weight, Channels channels) {
    if (factors.length < channels.count()) {
      factors = new float[channels.count()];
    }
    for (int channel = 0; channel < channels.count(); channel++) {
      factors[channel] = (float) (weight[channel] * inverseDeviation(moments, channel, channels));
    }
  }

  private double inverseDeviation(float[] moments, int channel, Channels channels) {
    return 1 / Math.sqrt(moments[channels.count() + channel] + epsilon);
  }

  /** Subtracts first: factor * x + (bias - factor * mean) would lose the digits of a channel far from 0. */
  private static void normalize(int n, float mean, float factor, float bias, float[] x, float[] y, int offset) {
    for (int i = offset; i < offset + n; i++) {
      y[i] = (x[i] - mean) * factor + bias;
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (in[0].wantsGrad()) {
      backwardOfInput(in, out);
    }
    if (in[1].wantsGrad() || in[2].wantsGrad() || in[3].wantsGrad()) {
      backwardOfSettings(in, out);
    }
  }

  /** dx = dy weight / deviation. */
  private void backwardOfInput(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0].shape());
    boolean add = !in[0].claimGrad();
    float[] dx = in[0].grad();
    float[] dy = out.grad();
    Parallel.ranges(channels.samples() * channels.count(), channels.planesAtATime(), (from, to) -> {
      for (int i = from; i < to; i++) {
        float factor = factors[i % channels.count()];
        Kernels.get().scale(channels.plane(), factor, dy, i * channels.plane(), dx, i * channels.plane(), add);
      }
    });
  }

  /**
   * With s the sum of dy over a channel and t that of dy (x - mean): dbias = s, dweight = t / deviation, dmean = -s
   * weight / deviation, dvariance = -t weight / (2 deviation^3).
   */
  private void backwardOfSettings(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0].shape());
    float[] x = in[0].data();
    float[] moments = in[1].data();
    float[] weight = in[2].data();
    float[] dy = out.grad();
    float[] dMoments = in[1].wantsGrad() ? in[1].grad() : null;
    float[] dWeight = in[2].wantsGrad() ? in[2].grad() : null;
    float[] dBias = in[3].wantsGrad() ? in[3].grad() : null;
    Parallel.ranges(channels.count(), channels.channelsAtATime(), (from, to) -> {
      for (int channel = from; channel < to; channel++) {
        double s = 0;
        double t = 0;
        for (int sample = 0; sample < channels.samples(); sample++) {
          int offset = channels.offset(sample, channel);
          s += Kernels.get().sum(channels.plane(), dy, offset);
          t += Kernels.get().centeredDot(channels.plane(), moments[channel], x, offset, dy, offset);
        }
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
    });
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
