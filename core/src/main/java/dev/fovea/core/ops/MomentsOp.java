package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Scratch;
import java.util.Arrays;

/**
 * The mean and the variance of each channel over all other axes: {@code [N, C, ...]} to {@code [2, C]}, row 0 the
 * means, row 1 the variances. The variance is the biased one, the mean of (x - mean)^2. dx = dmean / m + dvar 2 (x -
 * mean) / m, where m elements share a channel.
 *
 * <p>x is read from memory once, in pieces that stay in the nearest cache. There a piece is summed twice: for its mean,
 * then for the distances from it and their squares; the mean distance is what the first sum has lost to rounding.
 * Pieces are put together, in double precision and a fixed order, by the formula of Chan, Golub and LeVeque ("Updating
 * formulae and a pairwise algorithm for computing sample variances", 1979). No large squares are subtracted from each
 * other, so a channel far from 0 keeps its digits.
 */
public final class MomentsOp implements Op {
  private final ChannelConstants constants = new ChannelConstants();
  /** For each group of channels, each part of it and each of its channels: the mean so far. */
  private double[] means = {};
  /** In the same order: the sum of squared distances from the mean so far. */
  private double[] squares = {};

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
    return ChannelConstants.bytes(channels.count()) + 2L * Double.BYTES * channels.count() * channels.parts();
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    Channels channels = Channels.of(in[0]);
    float[] x = in[0].data();
    int lanes = channels.lanes();
    int length = channels.groups() * channels.parts() * lanes;
    if (means.length < length) {
      means = new double[length];
      squares = new double[length];
    }
    channels.eachPart((group, part, before, planes, n, offset) ->
        addPiece(channels, x, before, planes, n, offset, (group * channels.parts() + part) * lanes));
    for (int channel = 0; channel < channels.count(); channel++) {
      putTogether(channels, channel, out.data());
    }
  }

  /** Adds a piece to a part that held {@code before} pixels; the moments of its channels begin at {@code at}. */
  private void addPiece(Channels channels, float[] x, int before, int planes, int n, int offset, int at) {
    int lanes = channels.lanes();
    float[] sums = Scratch.floats(Scratch.Purpose.PARTIAL_SUMS, 5 * lanes);
    Arrays.fill(sums, 0, 3 * lanes, 0f);
    for (int plane = 0; plane < planes; plane++) {
      channels.kernels().sums(n, x, offset + plane * channels.sampleStride(), sums, 3 * lanes);
      addUp(lanes, sums, 3 * lanes, 0);
    }
    int all = planes * n;
    for (int lane = 0; lane < lanes; lane++) {
      sums[lane] /= all;
    }
    for (int plane = 0; plane < planes; plane++) {
      channels.kernels().deviations(n, x, offset + plane * channels.sampleStride(), sums, 0, sums, 3 * lanes);
      addUp(2 * lanes, sums, 3 * lanes, lanes);
    }
    for (int lane = 0; lane < lanes; lane++) {
      double deviation = sums[lanes + lane] / (double) all;
      double mean = sums[lane] + deviation;
      double square = sums[2 * lanes + lane] - all * deviation * deviation;
      if (before == 0) {
        means[at + lane] = mean;
        squares[at + lane] = square;
      } else {
        merge(at + lane, before, mean, square, all);
      }
    }
  }

  private static void addUp(int n, float[] sums, int from, int to) {
    for (int i = 0; i < n; i++) {
      sums[to + i] += sums[from + i];
    }
  }

  /** Of {@code before + n} elements of a part, these moments are those of the last n. */
  private void merge(int at, double before, double mean, double square, double n) {
    double delta = mean - means[at];
    means[at] += delta * n / (before + n);
    squares[at] += square + delta * delta * before * n / (before + n);
  }

  private void putTogether(Channels channels, int channel, float[] y) {
    int lanes = channels.lanes();
    int first = channel / lanes * channels.parts() * lanes + channel % lanes;
    int before = channels.pixelsOfPart(0);
    for (int part = 1; part < channels.parts(); part++) {
      int at = first + part * lanes;
      int n = channels.pixelsOfPart(part);
      merge(first, before, means[at], squares[at], n);
      before += n;
    }
    y[channel] = (float) means[first];
    y[channels.count() + channel] = (float) (Math.max(0, squares[first]) / before);
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
