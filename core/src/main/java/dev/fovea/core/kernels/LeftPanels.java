package dev.fovea.core.kernels;

import dev.fovea.core.kernels.Scratch.Purpose;

/**
 * The left operand of a product, in panels as high as the register tile: where it lies if the micro-kernel can read it
 * there, copied otherwise. Element p of row i of the panel that begins at row r (a multiple of the height) is {@code
 * data[start + r * panel + i * row + p * step]}.
 *
 * @param height rows of a panel
 * @param edge the last panel, packed and filled up with zeros, where it has fewer rows and the others are not packed
 */
record LeftPanels(float[] data, int start, int height, int panel, int row, int step, float[] edge) {
  /** Values packed in one round of the parallel loop. */
  private static final int ROUND = 1 << 14;

  /** Panels of an operand of m lines, k deep; what must be packed is, by several threads if it is much. */
  static LeftPanels of(Operand a, int m, int k) {
    int height = Kernels.get().tileRows(m);
    if (a instanceof Operand.Columns x) {
      return new LeftPanels(x.data(), x.start(), height, 1, 1, x.stride(), edge(a, m, k, height));
    }
    if (a instanceof Operand.Rows x && Kernels.get().tileReadsRows()) {
      return new LeftPanels(x.data(), x.start(), height, x.stride(), x.stride(), 1, edge(a, m, k, height));
    }
    int most = Kernels.get().tileRows();
    float[] left = Scratch.floats(Purpose.LEFT_OPERAND, Gemm.packedLength(m, k));
    Parallel.ranges((m + most - 1) / most, Math.max(1, ROUND / (most * k)), (from, to) -> {
      for (int i = from * most; i < Math.min(m, to * most); i += most) {
        a.pack(i, Math.min(most, m - i), 0, k, left, i * k, most);
      }
    });
    return packed(left, 0, k);
  }

  /** Panels that {@link Gemm#packLeft} has packed. */
  static LeftPanels packed(float[] left, int offset, int k) {
    int height = Kernels.get().tileRows();
    return new LeftPanels(left, offset, height, k, 1, height, null);
  }

  private static float[] edge(Operand a, int m, int k, int height) {
    int rows = m % height;
    if (rows == 0) {
      return null;
    }
    float[] edge = Scratch.floats(Purpose.LEFT_OPERAND, Math.multiplyExact(height, k));
    a.pack(m - rows, rows, 0, k, edge, 0, height);
    return edge;
  }

  /** {@link Kernels#gemmTile} with the panel that begins at row {@code i}, from depth {@code p} on. */
  void multiply(Kernels kernels, int i, int rows, int columns, int p, int depth, float[] b, int bOffset, int bStride,
      float[] c, int cOffset, int cStride, boolean add) {
    if (edge != null && rows < height) {
      kernels.gemmTile(rows, columns, depth, edge, p * height, 1, height,
          b, bOffset, bStride, c, cOffset, cStride, add);
    } else {
      kernels.gemmTile(rows, columns, depth, data, start + i * panel + p * step, row, step,
          b, bOffset, bStride, c, cOffset, cStride, add);
    }
  }
}
