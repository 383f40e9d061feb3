package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The output's gradient as the input's cells see it: line q belongs to input cell q (row by row), its elements run
 * over filter, kernel row, kernel column and hold the gradient of the output cell that this tap of this filter
 * carried the input cell to, or 0 where there is none. Multiplied by the filters it gives the gradient of the input,
 * each cell gathered by itself, nothing scattered.
 *
 * @param start where the first filter of the sample and group begins in dy
 */
record GradPatches(ConvShape shape, float[] dy, int start) implements Operand {
  @Override
  public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
    int taps = shape.taps();
    for (int p = 0; p < depth; p++) {
      int filter = (depthFrom + p) / taps;
      int tap = (depthFrom + p) % taps;
      int to = offset + p * width;
      gather(start + filter * shape.outPixels(), tap / shape.kernelWidth() * shape.dilationHeight(),
          tap % shape.kernelWidth() * shape.dilationWidth(), lineFrom, lines, panel, to);
      if (lines < width) {
        Arrays.fill(panel, to + lines, to + width, 0f);
      }
    }
  }

  /** The tap lies {@code down} rows and {@code right} columns into the kernel. */
  private void gather(int plane, int down, int right, int line, int lines, float[] panel, int to) {
    int y = line / shape.width();
    int x = line % shape.width();
    for (int end = to + lines; to < end; y++, x = 0) {
      int count = Math.min(end - to, shape.width() - x);
      int steps = y + shape.paddingTop() - down;
      int oy = steps / shape.strideHeight();
      if (steps < 0 || oy * shape.strideHeight() != steps || oy >= shape.outHeight()) {
        Arrays.fill(panel, to, to + count, 0f);
      } else {
        row(plane + oy * shape.outWidth(), x + shape.paddingLeft() - right, count, panel, to);
      }
      to += count;
    }
  }

  /** {@code steps} is how far the first cell lies from output column 0, in input columns. */
  private void row(int row, int steps, int count, float[] panel, int to) {
    int stride = shape.strideWidth();
    if (stride > 1) {
      for (int i = 0; i < count; i++, steps++) {
        boolean hit = steps >= 0 && steps % stride == 0 && steps / stride < shape.outWidth();
        panel[to + i] = hit ? dy[row + steps / stride] : 0f;
      }
      return;
    }
    int before = Math.min(count, Math.max(0, -steps));
    int inside = Math.max(0, Math.min(count, shape.outWidth() - steps) - before);
    Arrays.fill(panel, to, to + before, 0f);
    if (inside > 0) {
      // Only then: a stretch that lies wholly beside the output may point behind the array.
      System.arraycopy(dy, row + steps + before, panel, to + before, inside);
    }
    Arrays.fill(panel, to + before + inside, to + count, 0f);
  }
}
