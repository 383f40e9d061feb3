package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import java.util.ArrayList;
import java.util.List;

/**
 * Channels that lie side by side in memory.
 *
 * @param block the block they are in
 * @param lane the first one's place in it
 * @param length how many
 */
record ChannelRun(int block, int lane, int length) {

  /**
   * Channels {@code from} (inclusive) to {@code to}, block by block: padding is never read.
   *
   * @param plain whether the picture is plain: one channel to a block
   */
  static List<ChannelRun> of(int from, int to, boolean plain) {
    List<ChannelRun> runs = new ArrayList<>();
    int width = plain ? 1 : Blocks.WIDTH;
    for (int c = from; c < to; c += width - c % width) {
      runs.add(new ChannelRun(c / width, c % width, Math.min(width - c % width, to - c)));
    }
    return runs;
  }

  /** How many channels these are. */
  static int channels(List<ChannelRun> runs) {
    return runs.stream().mapToInt(ChannelRun::length).sum();
  }
}
