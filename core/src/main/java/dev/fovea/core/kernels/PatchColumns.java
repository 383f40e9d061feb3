package dev.fovea.core.kernels;

import java.util.Arrays;

/**
 * The matrix of {@link Patches} turned: line i is what tap i (channel, kernel row, kernel column) sees at every output
 * cell. The gradient of the weights sums over those.
 */
record PatchColumns(Patches patches) implements Operand {
  @Override
  public void pack(int lineFrom, int lines, int depthFrom, int depth, float[] panel, int offset, int width) {
    for (int i = 0; i < lines; i++) {
      gather(patches.tap(lineFrom + i), depthFrom, depth, panel, offset + i, width);
    }
    for (int p = 0; lines < width && p < depth; p++) {
      Arrays.fill(panel, offset + p * width + lines, offset + (p + 1) * width, 0f);
    }
  }

  private void gather(int tap, int cell, int cells, float[] panel, int to, int step) {
    float[] x = patches.x();
    int outWidth = patches.outWidth();
    int stride = patches.kernel().strideWidth();
    int rowStep = patches.kernel().strideHeight() * patches.rowStride();
    int from = tap + cell / outWidth * rowStep;
    int left = cells;
    for (int ox = cell % outWidth; left > 0; ox = 0, from += rowStep) {
      int count = Math.min(left, outWidth - ox);
      for (int i = 0; i < count; i++, to += step) {
        panel[to] = x[from + (ox + i) * stride];
      }
      left -= count;
    }
  }
}
