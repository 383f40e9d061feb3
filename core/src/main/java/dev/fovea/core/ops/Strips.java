package dev.fovea.core.ops;

import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;

/** Copies of many stretches of memory at once: all that reshape, concat and slice compute. */
final class Strips {
  /** Elements a thread takes at a time. */
  static final int STRETCH = 1 << 14;

  private Strips() {}

  /**
   * y (+)= x for {@code count} strips of {@code length} elements; the next strip starts a stride further, in x and in
   * y, and strips of y do not overlap.
   */
  static void move(int count, int length, float[] x, int xOffset, int xStride,
      float[] y, int yOffset, int yStride, boolean add) {
    if (length > STRETCH) {
      for (int i = 0; i < count; i++) {
        int from = xOffset + i * xStride;
        int to = yOffset + i * yStride;
        Parallel.ranges(length, STRETCH, (low, high) -> move(high - low, x, from + low, y, to + low, add));
      }
      return;
    }
    Parallel.ranges(count, STRETCH / length, (low, high) -> {
      for (int i = low; i < high; i++) {
        move(length, x, xOffset + i * xStride, y, yOffset + i * yStride, add);
      }
    });
  }

  /** y (+)= x for n elements, on this thread. */
  static void move(int n, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    if (add) {
      Kernels.get().add(n, x, xOffset, y, yOffset, y, yOffset);
    } else {
      System.arraycopy(x, xOffset, y, yOffset, n);
    }
  }
}
