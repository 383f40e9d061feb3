package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.ChannelKernels;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;
import java.util.Arrays;

/**
 * y[n, c] = the mean of x[n, c] over every spatial axis; {@code [N, C, L]}, {@code [N, C, H, W]},
 * {@code [N, C, D, H, W]} to {@code [N, C]}. Each of the m cells gets 1/m of the gradient.
 */
public final class GlobalAveragePoolOp extends GlobalPoolOp {
  /** Pixels summed up in float32. */
  private static final int STRETCH = 1 << 9;

  @Override
  float value(int i, int n, float[] x, int offset) {
    return Kernels.get().sum(n, x, offset) / n;
  }

  @Override
  void slope(int i, int n, float dy, float[] dx, int offset, boolean add) {
    float share = dy / n;
    for (int j = offset; j < offset + n; j++) {
      dx[j] = add ? dx[j] + share : share;
    }
  }

  /** In stretches, so that no sum grows long; their sums are few. */
  @Override
  void blockValue(int block, int n, float[] x, int offset, float[] values) {
    float[] sums = Scratch.floats(Scratch.Purpose.PARTIAL_SUMS, MemoryFormat.BLOCK);
    Arrays.fill(values, 0, MemoryFormat.BLOCK, 0f);
    for (int from = 0; from < n; from += STRETCH) {
      int pixels = Math.min(STRETCH, n - from);
      ChannelKernels.blocks().sums(pixels, x, offset + from * MemoryFormat.BLOCK, sums, 0);
      for (int lane = 0; lane < MemoryFormat.BLOCK; lane++) {
        values[lane] += sums[lane];
      }
    }
    for (int lane = 0; lane < MemoryFormat.BLOCK; lane++) {
      values[lane] /= n;
    }
  }

  @Override
  void blockSlope(int block, int n, float[] slopes, float[] dx, int offset, boolean add) {
    for (int lane = 0; lane < MemoryFormat.BLOCK; lane++) {
      slopes[lane] /= n;
    }
    BlockKernels.get().repeat(n, slopes, 0, dx, offset, add);
  }
}
