package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;

/**
 * The {@value #TAPS} cells of a 3x3 kernel in each of {@value Blocks#WIDTH} filters or channels, side by side as the
 * transforms want them: cell by cell, {@value Blocks#WIDTH} floats each. Where no kernel is missing
 * the loops are of constant length and without conditions.
 */
final class FilterTaps {
  /** Cells of a 3x3 kernel. */
  static final int TAPS = 9;
  private static final int WIDTH = Blocks.WIDTH;

  private FilterTaps() {}

  /**
   * Brings kernels of w side by side.
   *
   * @param from where the first of them begins
   * @param stride from one to the next
   * @param count how many there are, perhaps more than wanted; those that are missing are 0
   */
  static void gather(float[] w, int from, int stride, int count, float[] taps) {
    for (int tap = 0; tap < TAPS; tap++) {
      if (count >= WIDTH) {
        gatherLine(w, from + tap, stride, taps, tap * WIDTH);
      } else {
        for (int lane = 0; lane < WIDTH; lane++) {
          taps[tap * WIDTH + lane] = lane < count ? w[from + lane * stride + tap] : 0f;
        }
      }
    }
  }

  private static void gatherLine(float[] w, int from, int stride, float[] taps, int to) {
    for (int lane = 0; lane < WIDTH; lane++) {
      taps[to + lane] = w[from + lane * stride];
    }
  }

  /**
   * Brings them back to their places in w: sets them or adds to what is there.
   *
   * @param from where the first cell's kernels begin in taps
   * @param plane from there to the next cell's
   */
  static void scatter(float[] taps, int from, int plane, float[] w, int to, int stride, int count, boolean add) {
    for (int tap = 0; tap < TAPS; tap++) {
      if (count >= WIDTH && !add) {
        scatterLine(taps, from + tap * plane, w, to + tap, stride);
      } else {
        for (int lane = 0; lane < Math.min(WIDTH, count); lane++) {
          int at = to + lane * stride + tap;
          float value = taps[from + tap * plane + lane];
          w[at] = add ? w[at] + value : value;
        }
      }
    }
  }

  private static void scatterLine(float[] taps, int from, float[] w, int to, int stride) {
    for (int lane = 0; lane < WIDTH; lane++) {
      w[to + lane * stride] = taps[from + lane];
    }
  }
}
