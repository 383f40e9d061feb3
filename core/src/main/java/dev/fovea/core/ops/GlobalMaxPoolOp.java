package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.kernels.BlockKernels;
import java.util.Arrays;

/**
 * y[n, c] = the largest cell of x[n, c] over every spatial axis; {@code [N, C, L]}, {@code [N, C, H, W]},
 * {@code [N, C, D, H, W]} to {@code [N, C]}. The gradient goes to that cell, the first of several that are equally
 * large. A NaN makes its channel NaN.
 */
public final class GlobalMaxPoolOp extends GlobalPoolOp {
  /** Per channel: which of its cells was chosen. */
  private int[] chosen = {};

  @Override
  void keep(int channels) {
    if (chosen.length < channels) {
      chosen = new int[channels];
    }
  }

  @Override
  public long keptBytes(Shape... in) {
    return infer(in).elements() * Integer.BYTES;
  }

  @Override
  float value(int i, int n, float[] x, int offset) {
    int best = 0;
    float most = x[offset];
    for (int j = 1; j < n; j++) {
      float cell = x[offset + j];
      // "Not at most" rather than "more": it holds for a NaN, which then stays.
      if (!(cell <= most) && most == most) {
        most = cell;
        best = j;
      }
    }
    chosen[i] = best;
    return most;
  }

  @Override
  void slope(int i, int n, float dy, float[] dx, int offset, boolean add) {
    if (!add) {
      Arrays.fill(dx, offset, offset + n, 0f);
    }
    dx[offset + chosen[i]] += dy;
  }

  @Override
  void blockValue(int block, int n, float[] x, int offset, float[] values) {
    BlockKernels.get().largest(n, x, offset, values, 0, chosen, block * MemoryFormat.BLOCK);
  }

  @Override
  void blockSlope(int block, int n, float[] slopes, float[] dx, int offset, boolean add) {
    if (!add) {
      Arrays.fill(dx, offset, offset + n * MemoryFormat.BLOCK, 0f);
    }
    for (int lane = 0; lane < MemoryFormat.BLOCK; lane++) {
      dx[offset + chosen[block * MemoryFormat.BLOCK + lane] * MemoryFormat.BLOCK + lane] += slopes[lane];
    }
  }
}
