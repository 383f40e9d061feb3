package dev.fovea.core.ops;

import java.util.Arrays;

/**
 * The constants of each channel in the order that {@link dev.fovea.core.kernels.ChannelKernels} read them: for each
 * group of channels the centers, then the factors, the offsets, the slopes. Those of padding channels are 0.
 */
final class ChannelConstants {
  private static final int ROWS = 4;

  private float[] values = {};
  private int lanes;

  /** Makes room for these channels; everything is 0. */
  void start(Channels channels) {
    lanes = channels.lanes();
    int length = at(channels.groups());
    if (values.length < length) {
      values = new float[length];
    }
    Arrays.fill(values, 0f);
  }

  void set(int channel, float center, float factor, float offset, float slope) {
    int at = at(channel / lanes) + channel % lanes;
    values[at] = center;
    values[at + lanes] = factor;
    values[at + 2 * lanes] = offset;
    values[at + 3 * lanes] = slope;
  }

  float[] values() {
    return values;
  }

  /** Where the constants of a group begin. */
  int at(int group) {
    return group * ROWS * lanes;
  }

  /** What this keeps for so many channels. */
  static long bytes(int channels) {
    return (long) ROWS * Float.BYTES * channels;
  }
}
