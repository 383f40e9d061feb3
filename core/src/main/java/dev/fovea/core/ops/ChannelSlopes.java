package dev.fovea.core.ops;

import dev.fovea.core.kernels.Scratch;
import java.util.Arrays;

/** For each channel the sum of dy, and the sum of dy (x - center): what gradients of normalizations are made of. */
final class ChannelSlopes {
  private Channels channels;
  /** For each group of channels, each part of it and each of its channels: the sum of dy. */
  private double[] slopes = {};
  /** In the same order: the sum of dy (x - center). */
  private double[] products = {};

  /** Computes those of x and dy, which lie as the channels say. Of the constants, the centers are read. */
  void compute(Channels of, float[] x, float[] dy, ChannelConstants constants) {
    channels = of;
    int lanes = of.lanes();
    int parts = of.parts();
    int length = of.groups() * parts * lanes;
    if (slopes.length < length) {
      slopes = new double[length];
      products = new double[length];
    }
    of.eachPart((group, part, before, planes, n, offset) -> {
      int at = (group * parts + part) * lanes;
      if (before == 0) {
        Arrays.fill(slopes, at, at + lanes, 0);
        Arrays.fill(products, at, at + lanes, 0);
      }
      float[] sums = Scratch.floats(Scratch.Purpose.PARTIAL_SUMS, 2 * lanes);
      for (int plane = 0; plane < planes; plane++) {
        int from = offset + plane * of.sampleStride();
        of.kernels().slopeSums(n, x, from, dy, from, constants.values(), constants.at(group), sums, 0);
        for (int lane = 0; lane < lanes; lane++) {
          slopes[at + lane] += sums[lane];
          products[at + lane] += sums[lanes + lane];
        }
      }
    });
    for (int channel = 0; channel < of.count(); channel++) {
      int first = first(channel);
      for (int part = 1; part < parts; part++) {
        slopes[first] += slopes[first + part * lanes];
        products[first] += products[first + part * lanes];
      }
    }
  }

  /** The sum of dy over a channel. */
  double slope(int channel) {
    return slopes[first(channel)];
  }

  /** The sum of dy (x - center) over a channel. */
  double product(int channel) {
    return products[first(channel)];
  }

  /** What this keeps for so many channels. */
  static long bytes(Channels channels) {
    return 2L * Double.BYTES * channels.count() * channels.parts();
  }

  private int first(int channel) {
    int lanes = channels.lanes();
    return channel / lanes * channels.parts() * lanes + channel % lanes;
  }
}
