package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;

/**
 * The mean and the variance of each channel over all other axes: {@code [N, C, ...]} to {@code [2, C]}, row 0 the
 * means, row 1 the variances. The variance is the biased one, the mean of (x - mean)^2. dx = dmean / m + dvar 2 (x -
 * mean) / m, where m elements share a channel.
 *
 * <p>Each plane is summed twice while it is in the cache, first for its mean, then for the squared distances from it;
 * planes are put together by the formula of Chan, Golub and LeVeque ("Updating formulae and a pairwise algorithm for
 * computing sample variances", 1979). No large squares are subtracted from each other, so a channel far from 0 keeps
 * its digits.
 */
public final class MomentsOp implements Op {
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
  public void forward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0].shape());
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(channels.count(), channels.channelsAtATime(), (from, to) -> {
      for (int channel = from; channel < to; channel++) {
        moments(x, channels, channel, y);
      }
    });
  }

  private static void moments(float[] x, Channels channels, int channel, float[] y) {
    int plane = channels.plane();
    double mean = 0;
    double squares = 0;
    for (int sample = 0; sample < channels.samples(); sample++) {
      int offset = channels.offset(sample, channel);
      double planeMean = Kernels.get().sum(plane, x, offset) / (double) plane;
      double planeSquares = Kernels.get().squaredDistance(plane, (float) planeMean, x, offset);
      // Of sample + 1 planes so far, this one is the last.
      double delta = planeMean - mean;
      mean += delta / (sample + 1);
      squares += planeSquares + delta * delta * plane * sample / (sample + 1);
    }
    y[channel] = (float) mean;
    y[channels.count() + channel] = (float) (squares / channels.perChannel());
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    Channels channels = Channels.of(in[0].shape());
    int plane = channels.plane();
    boolean add = !in[0].claimGrad();
    float[] x = in[0].data();
    float[] dx = in[0].grad();
    float[] y = out.data();
    float[] dy = out.grad();
    Parallel.ranges(channels.samples() * channels.count(), channels.planesAtATime(), (from, to) -> {
      for (int i = from; i < to; i++) {
        int channel = i % channels.count();
        float dMean = dy[channel] / channels.perChannel();
        float dVariance = 2 * dy[channels.count() + channel] / channels.perChannel();
        slope(plane, dMean, dVariance, y[channel], x, dx, i * plane, add);
      }
    });
  }

  private static void slope(int n, float dMean, float dVariance, float mean, float[] x, float[] dx, int offset,
      boolean add) {
    for (int i = offset; i < offset + n; i++) {
      float g = dMean + dVariance * (x[i] - mean);
      dx[i] = add ? dx[i] + g : g;
    }
  }
}
