package dev.fovea.benchmarks.kernels;

import dev.fovea.core.Shape;
import dev.fovea.core.kernels.ConvShape;
import dev.fovea.core.ops.Window2D;

/**
 * A convolution of square pictures.
 *
 * @param samples pictures in a batch
 * @param channels of the input
 * @param size height and width of the input
 * @param filters channels of the output
 * @param window a square kernel, stride and padding; no dilation
 * @param groups the channels and the filters fall into so many groups
 */
record ConvolutionCase(int samples, int channels, int size, int filters, Window2D window, int groups) {
  Shape input() {
    return Shape.of(samples, channels, size, size);
  }

  Shape weights() {
    return Shape.of(filters, channels / groups, window.kernelHeight(), window.kernelWidth());
  }

  Shape output() {
    return Shape.of(samples, filters, window.outputHeight(size), window.outputWidth(size));
  }

  /** Multiplications and additions of each of the three passes, computed directly. */
  double operations() {
    return 2.0 * output().elements() * weights().elements() / filters;
  }

  /** The measures as kernels take them. */
  ConvShape measures() {
    return new ConvShape(channels, size, size, filters, groups, window.kernelHeight(), window.kernelWidth(),
        window.strideHeight(), window.strideWidth(), window.dilationHeight(), window.dilationWidth(),
        window.paddingTop(size), window.paddingLeft(size), output().dim(2), output().dim(3));
  }

  @Override
  public String toString() {
    return (groups == 1 ? "conv " : "depthwise ") + channels + "->" + filters + " "
        + window.kernelHeight() + "x" + window.kernelWidth()
        + (window.strideHeight() == 1 ? "" : " stride " + window.strideHeight()) + " at " + size + "x" + size;
  }
}
