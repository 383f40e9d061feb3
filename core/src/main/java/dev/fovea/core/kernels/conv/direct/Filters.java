package dev.fovea.core.kernels.conv.direct;

import dev.fovea.core.kernels.ConvShape;

/**
 * Where the values of filters w [filters, C / groups, kernel height, kernel width] lie, as seen from the channels that
 * are computed ("out") and those that are read ("in"): on the way forward the filters and the input channels, on the
 * way back the other way round.
 *
 * @param out channels computed
 * @param in channels read
 * @param groups groups of both
 * @param outStep floats of w from one channel computed to the next
 * @param inStep floats of w from one channel read to the next
 * @param groupStep floats by which that goes too far, for each group
 */
record Filters(int out, int in, int groups, int outStep, int inStep, int groupStep) {
  static Filters forward(ConvShape s) {
    return new Filters(s.filters(), s.channels(), s.groups(), s.depth(), s.taps(), s.depth());
  }

  static Filters backward(ConvShape s) {
    return new Filters(s.channels(), s.filters(), s.groups(), s.taps(), s.depth(), s.depth());
  }

  /** The group of a channel that is computed. */
  int group(int outChannel) {
    return outChannel / (out / groups);
  }

  /** The first channel read that a group has; the next group's is where it ends. */
  int firstIn(int group) {
    return group * (in / groups);
  }

  /** Where the kernel between two channels of the same group begins in w. */
  int kernel(int outChannel, int inChannel) {
    return outChannel * outStep + inChannel * inStep - group(outChannel) * groupStep;
  }
}
