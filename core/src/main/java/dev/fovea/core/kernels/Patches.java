package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The patches of a picture under the kernel, as an operand: line p is the patch of output cell p (row by row), its
 * elements run over channel, kernel row, kernel column. This is the matrix known as im2col, which is never made.
 *
 * @param start where the first channel of the sample and group begins in x
 */
record Patches(ConvShape shape, float[] x, int start) implements Operand {
  @Override
  public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
    int taps = shape.taps();
    for (int p = 0; p < depth; p++) {
      int channel = (depthFrom + p) / taps;
      int tap = (depthFrom + p) % taps;
      int to = offset + p * width;
      gather(channel, tap / shape.kernelWidth(), tap % shape.kernelWidth(), lineFrom, lines, panel, to);
      if (lines < width) {
        Arrays.fill(panel, to + lines, to + width, 0f);
      }
    }
  }

  /** What one tap sees at {@code lines} output cells from {@code line} on, row by row of the output. */
  private void gather(int channel, int ky, int kx, int line, int lines, float[] panel, int to) {
    int plane = start + channel * shape.pixels();
    int oy = line / shape.outWidth();
    int ox = line % shape.outWidth();
    for (int end = to + lines; to < end; oy++, ox = 0) {
      int count = Math.min(end - to, shape.outWidth() - ox);
      int iy = oy * shape.strideHeight() + ky * shape.dilationHeight() - shape.paddingTop();
      if (iy < 0 || iy >= shape.height()) {
        Arrays.fill(panel, to, to + count, 0f);
      } else {
        row(plane + iy * shape.width(), ox * shape.strideWidth() + kx * shape.dilationWidth() - shape.paddingLeft(),
            count, panel, to);
      }
      to += count;
    }
  }

  /** {@code count} cells of one input row from column {@code ix} on, a stride apart, zero outside of the row. */
  private void row(int row, int ix, int count, float[] panel, int to) {
    int stride = shape.strideWidth();
    if (stride > 1) {
      for (int i = 0; i < count; i++, ix += stride) {
        panel[to + i] = ix >= 0 && ix < shape.width() ? x[row + ix] : 0f;
      }
      return;
    }
    int before = Math.min(count, Math.max(0, -ix));
    int inside = Math.max(0, Math.min(count, shape.width() - ix) - before);
    Arrays.fill(panel, to, to + before, 0f);
    if (inside > 0) {
      // Only then: a stretch that lies wholly in the padding may point behind the array.
      System.arraycopy(x, row + ix + before, panel, to + before, inside);
    }
    Arrays.fill(panel, to + before + inside, to + count, 0f);
  }
}
