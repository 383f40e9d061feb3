package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The matrix of {@link Patches} turned: line i is what tap i (channel, kernel row, kernel column) sees at every
 * output cell. The gradient of the weights sums over those.
 *
 * @param start where the first channel of the sample and group begins in x
 */
record PatchColumns(ConvShape shape, float[] x, int start) implements Operand {
  @Override
  public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
    for (int i = 0; i < lines; i++) {
      int channel = (lineFrom + i) / shape.taps();
      int tap = (lineFrom + i) % shape.taps();
      gather(start + channel * shape.pixels(), tap / shape.kernelWidth(), tap % shape.kernelWidth(),
          depthFrom, depth, panel, offset + i, width);
    }
    for (int p = 0; lines < width && p < depth; p++) {
      Arrays.fill(panel, offset + p * width + lines, offset + (p + 1) * width, 0f);
    }
  }

  private void gather(int plane, int ky, int kx, int cell, int cells, float[] panel, int to, int step) {
    int oy = cell / shape.outWidth();
    int ox = cell % shape.outWidth();
    for (int left = cells; left > 0; oy++, ox = 0) {
      int count = Math.min(left, shape.outWidth() - ox);
      int iy = oy * shape.strideHeight() + ky * shape.dilationHeight() - shape.paddingTop();
      int ix = ox * shape.strideWidth() + kx * shape.dilationWidth() - shape.paddingLeft();
      int row = plane + iy * shape.width();
      boolean outside = iy < 0 || iy >= shape.height();
      if (!outside && ix >= 0 && ix + (count - 1) * shape.strideWidth() < shape.width()) {
        for (int i = 0; i < count; i++, to += step) {
          panel[to] = x[row + ix + i * shape.strideWidth()];
        }
      } else {
        for (int i = 0; i < count; i++, to += step, ix += shape.strideWidth()) {
          panel[to] = outside || ix < 0 || ix >= shape.width() ? 0f : x[row + ix];
        }
      }
      left -= count;
    }
  }
}
