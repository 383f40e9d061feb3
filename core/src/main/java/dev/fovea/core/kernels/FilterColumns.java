package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The filters of a convolution, turned for the way back: line c holds, for input channel c, every filter's kernel on
 * it, rows and columns in reverse (filter, kernel row, kernel column).
 *
 * @param start where the group's first filter begins in w, which is [filters, channels / groups, kernel rows,
 *     columns]
 */
record FilterColumns(ConvShape shape, float[] w, int start) implements Operand {
  @Override
  public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
    int taps = shape.taps();
    for (int p = 0; p < depth; p++) {
      int filter = (depthFrom + p) / taps;
      int tap = taps - 1 - (depthFrom + p) % taps;
      int to = offset + p * width;
      int from = start + (filter * shape.groupChannels() + lineFrom) * taps + tap;
      for (int i = 0; i < lines; i++) {
        panel[to + i] = w[from + i * taps];
      }
      Arrays.fill(panel, to + lines, to + width, 0f);
    }
  }
}
