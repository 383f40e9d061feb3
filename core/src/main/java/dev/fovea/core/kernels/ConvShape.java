package dev.fovea.core.kernels;

/**
 * The measures of a 2-D convolution, all of them plain numbers: input [channels, height, width] of one sample,
 * filters of [channels / groups, kernelHeight, kernelWidth], output [filters, outHeight, outWidth]. Output cell (oy,
 * ox) reads input cell (oy * strideHeight + ky * dilationHeight - paddingTop, ...), zero outside of the picture.
 */
public record ConvShape(int channels, int height, int width, int filters, int groups, int kernelHeight, int kernelWidth,
    int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int paddingTop, int paddingLeft,
    int outHeight, int outWidth) {

  int groupChannels() {
    return channels / groups;
  }

  int groupFilters() {
    return filters / groups;
  }

  int taps() {
    return kernelHeight * kernelWidth;
  }

  int pixels() {
    return height * width;
  }

  int outPixels() {
    return outHeight * outWidth;
  }

  /** Values that one output cell sums over. */
  int depth() {
    return groupChannels() * taps();
  }
}
