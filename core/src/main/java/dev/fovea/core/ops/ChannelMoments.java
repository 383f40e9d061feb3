package dev.fovea.core.ops;

import dev.fovea.core.kernels.Scratch;
import java.util.Arrays;

/**
 * The mean of each channel, and the sum of the squared distances from it.
 *
 * <p>x is read from memory once, in pieces that stay in the nearest cache. There a piece is summed twice: for its mean,
 * then for the distances from it and their squares; the mean distance is what the first sum has lost to rounding.
 * Pieces are put together, in double precision and a fixed order, by the formula of Chan, Golub and LeVeque ("Updating
 * formulae and a pairwise algorithm for computing sample variances", 1979). No large squares are subtracted from each
 * other, so a channel far from 0 keeps its digits.
 */
final class ChannelMoments {
  private Channels channels;
  /** For each group of channels, each part of it and each of its channels: the mean so far. */
  private double[] means = {};
  /** In the same order: the sum of squared distances from the mean so far. */
  private double[] squares = {};

  /** Computes those of x, which lies as the channels say. */
  void compute(Channels of, float[] x) {
    channels = of;
    int lanes = of.lanes();
    int length = of.groups() * of.parts() * lanes;
    if (means.length < length) {
      means = new double[length];
      squares = new double[length];
    }
    of.eachPart((group, part, before, planes, n, offset) ->
        addPiece(x, before, planes, n, offset, (group * of.parts() + part) * lanes));
    for (int channel = 0; channel < of.count(); channel++) {
      putTogether(channel);
    }
  }

  double mean(int channel) {
    return means[first(channel)];
  }

  /** The sum of (x - mean)^2, at least 0. */
  double squares(int channel) {
    return Math.max(0, squares[first(channel)]);
  }

  /** What this keeps for so many channels. */
  static long bytes(Channels channels) {
    return 2L * Double.BYTES * channels.count() * channels.parts();
  }

  /** Where the moments of the first part of a channel stand, and those of all of it once they are put together. */
  private int first(int channel) {
    int lanes = channels.lanes();
    return channel / lanes * channels.parts() * lanes + channel % lanes;
  }

  /** Adds a piece to a part that held {@code before} pixels; the moments of its channels begin at {@code at}. */
  private void addPiece(float[] x, int before, int planes, int n, int offset, int at) {
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

  private void putTogether(int channel) {
    int first = first(channel);
    int before = channels.pixelsOfPart(0);
    for (int part = 1; part < channels.parts(); part++) {
      int at = first + part * channels.lanes();
      int n = channels.pixelsOfPart(part);
      merge(first, before, means[at], squares[at], n);
      before += n;
    }
  }
}
