package dev.fovea.core.kernels;

/**
 * The measures of a 2-D convolution, all of them plain numbers: input [channels, height, width] of one sample,
 * filters of [channels / groups, kernelHeight, kernelWidth], output [filters, outHeight, outWidth]. Output cell (oy,
 * ox) reads input cell (oy * strideHeight + ky * dilationHeight - paddingTop, ...), zero outside of the picture.
 */
public record ConvShape(int channels, int height, int width, int filters, int groups, int kernelHeight, int kernelWidth,
    int strideHeight, int strideWidth, int dilationHeight, int dilationWidth, int paddingTop, int paddingLeft,
    int outHeight, int outWidth) {

  /** Channels that a filter sees. */
  public int groupChannels() {
    return channels / groups;
  }

  /** Filters of a group. */
  public int groupFilters() {
    return filters / groups;
  }

  /** Cells of the kernel. */
  public int taps() {
    return kernelHeight * kernelWidth;
  }

  /** Pixels of the input. */
  public int pixels() {
    return height * width;
  }

  /** Pixels of the output. */
  public int outPixels() {
    return outHeight * outWidth;
  }

  /** Values that one output cell sums over. */
  public int depth() {
    return groupChannels() * taps();
  }

  /** The same with an even number of rows and columns of the output: all that pooling by 2 reads. */
  public ConvShape withEvenOutputs() {
    return new ConvShape(channels, height, width, filters, groups, kernelHeight, kernelWidth, strideHeight, strideWidth,
        dilationHeight, dilationWidth, paddingTop, paddingLeft, outHeight / 2 * 2, outWidth / 2 * 2);
  }
}
