package dev.fovea.benchmarks.kernels;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Window2D;

/**
 * A convolution and its gradients by their definition, a value at a time, in double precision.
 *
 * @param window kernel, stride, padding; no dilation
 * @param groups the channels and the filters fall into so many groups
 * @param x the input {@code [N, C, H, W]}
 * @param w the weights {@code [filters, C / groups, kernel height, kernel width]}
 * @param dy the gradient of the output
 */
record ConvolutionReference(Window2D window, int groups, Tensor x, Tensor w, Tensor dy) {
  /** The output at [sample, filter, row, column]. */
  double value(int[] place) {
    int first = place[1] / groupFilters() * groupChannels();
    double sum = 0;
    for (int c = 0; c < groupChannels(); c++) {
      for (int u = 0; u < window.kernelHeight(); u++) {
        for (int v = 0; v < window.kernelWidth(); v++) {
          int row = place[2] * window.strideHeight() + u - top();
          int column = place[3] * window.strideWidth() + v - left();
          if (inside(row, x.shape().dim(2)) && inside(column, x.shape().dim(3))) {
            sum += (double) x.get(place[0], first + c, row, column) * w.get(place[1], c, u, v);
          }
        }
      }
    }
    return sum;
  }

  /** The gradient of the input at [sample, channel, row, column]. */
  double inputGradient(int[] place) {
    int first = place[1] / groupChannels() * groupFilters();
    double sum = 0;
    for (int f = first; f < first + groupFilters(); f++) {
      for (int u = 0; u < window.kernelHeight(); u++) {
        for (int v = 0; v < window.kernelWidth(); v++) {
          int row = outputPlace(place[2] + top() - u, window.strideHeight(), dy.shape().dim(2));
          int column = outputPlace(place[3] + left() - v, window.strideWidth(), dy.shape().dim(3));
          if (row >= 0 && column >= 0) {
            sum += (double) dy.get(place[0], f, row, column) * w.get(f, place[1] % groupChannels(), u, v);
          }
        }
      }
    }
    return sum;
  }

  /** Which place of the output begins here; -1 if none does. */
  private static int outputPlace(int start, int stride, int places) {
    return start % stride == 0 && inside(start, places * stride) ? start / stride : -1;
  }

  /** The gradient of the weights at [filter, channel in its group, kernel row, kernel column]. */
  double weightGradient(int[] place) {
    int channel = place[0] / groupFilters() * groupChannels() + place[1];
    double sum = 0;
    for (int n = 0; n < x.shape().dim(0); n++) {
      for (int i = 0; i < dy.shape().dim(2); i++) {
        for (int j = 0; j < dy.shape().dim(3); j++) {
          int row = i * window.strideHeight() + place[2] - top();
          int column = j * window.strideWidth() + place[3] - left();
          if (inside(row, x.shape().dim(2)) && inside(column, x.shape().dim(3))) {
            sum += (double) dy.get(n, place[0], i, j) * x.get(n, channel, row, column);
          }
        }
      }
    }
    return sum;
  }

  private static boolean inside(int index, int length) {
    return index >= 0 && index < length;
  }

  private int top() {
    return window.paddingTop(x.shape().dim(2));
  }

  private int left() {
    return window.paddingLeft(x.shape().dim(3));
  }

  private int groupChannels() {
    return w.shape().dim(1);
  }

  private int groupFilters() {
    return w.shape().dim(0) / groups;
  }
}
