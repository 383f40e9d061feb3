package dev.fovea.core.ops;

import dev.fovea.core.Golden;

/** The settings of a golden case of pooling. */
final class PoolingGolden {
  private PoolingGolden() {}

  static Window2D window(Golden golden) {
    int[] kernel = golden.ints("kernel");
    int[] stride = golden.ints("stride");
    int[] padding = golden.ints("padding");
    return Window2D.of(kernel[0], kernel[1]).withStride(stride[0], stride[1])
        .withPadding(Padding.of(padding[0], padding[1]));
  }
}
