package dev.fovea.core.kernels.conv.direct;

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
   * @param compact whether the picture has no blocks; then one by one
   */
  static List<ChannelRun> of(int from, int to, boolean compact) {
    List<ChannelRun> runs = new ArrayList<>();
    for (int c = from; compact && c < to; c++) {
      runs.add(new ChannelRun(0, c, 1));
    }
    int width = Blocks.WIDTH;
    for (int c = from; !compact && c < to; c += width - c % width) {
      runs.add(new ChannelRun(c / width, c % width, Math.min(width - c % width, to - c)));
    }
    return runs;
  }

  /**
   * Whether filters are in the order of rows of the kernel, runs, columns, so that taps side by side are one long run;
   * else in that of rows, columns, runs. Where blocks are full, neighbouring pixels' channels follow each other.
   */
  static boolean joined(List<ChannelRun> runs) {
    return !runs.isEmpty() && runs.get(0).length() == Blocks.WIDTH;
  }

  /**
   * The row of the filters that belongs to the first channel of a run.
   *
   * @param columns of the kernel
   * @param y the tap's row
   * @param x the tap's column
   */
  static int row(List<ChannelRun> runs, int run, int columns, int y, int x) {
    int before = channels(runs.subList(0, run));
    int all = channels(runs);
    return joined(runs)
        ? (y * all + before) * columns + x * runs.get(run).length()
        : (y * columns + x) * all + before;
  }

  /** How many channels these are. */
  static int channels(List<ChannelRun> runs) {
    return runs.stream().mapToInt(ChannelRun::length).sum();
  }
}
