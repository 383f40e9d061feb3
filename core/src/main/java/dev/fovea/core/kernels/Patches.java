package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The patches of a picture under the kernel, as an operand: line p is the patch of output cell p (row by row), its
 * elements run over channel, kernel row, kernel column. This is the matrix known as im2col, which is never made.
 * Every cell a patch wants must be there: where the kernel hangs over the edge, the picture is {@linkplain Frame
 * framed} first.
 *
 * @param kernel the kernel's measures
 * @param x holds the channels' planes, all of one size, each row by row
 * @param start where the cell lies that the first tap sees from output cell 0
 * @param planeStride from one channel to the next
 * @param rowStride from one row to the next
 * @param outWidth cells in a row of the output
 */
record Patches(Kernel kernel, float[] x, int start, int planeStride, int rowStride, int outWidth)
    implements Operand {

  /** A kernel's taps and how they step over a picture. */
  record Kernel(int height, int width, int strideHeight, int strideWidth, int dilationHeight, int dilationWidth) {
    int taps() {
      return height * width;
    }
  }

  @Override
  public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
    int firstRow = lineFrom / outWidth;
    int firstColumn = lineFrom % outWidth;
    for (int p = 0; p < depth; p++) {
      int to = offset + p * width;
      gather(tap(depthFrom + p), firstRow, firstColumn, lines, panel, to);
      if (lines < width) {
        Arrays.fill(panel, to + lines, to + width, 0f);
      }
    }
  }

  /** Where tap {@code index} (over channel, kernel row, kernel column) sees output cell 0. */
  int tap(int index) {
    int channel = index / kernel.taps();
    int tap = index - channel * kernel.taps();
    int row = tap / kernel.width();
    int column = tap - row * kernel.width();
    return start + channel * planeStride + row * kernel.dilationHeight() * rowStride + column * kernel.dilationWidth();
  }

  /** What one tap sees at {@code lines} output cells, row by row of the output. */
  private void gather(int tap, int row, int column, int lines, float[] panel, int to) {
    int stride = kernel.strideWidth();
    int rowStep = kernel.strideHeight() * rowStride;
    int from = tap + row * rowStep;
    int end = to + lines;
    for (int ox = column; to < end; ox = 0, from += rowStep) {
      int count = Math.min(end - to, outWidth - ox);
      if (stride == 1) {
        System.arraycopy(x, from + ox, panel, to, count);
      } else {
        for (int i = 0; i < count; i++) {
          panel[to + i] = x[from + (ox + i) * stride];
        }
      }
      to += count;
    }
  }
}
