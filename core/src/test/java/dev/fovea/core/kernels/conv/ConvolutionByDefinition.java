package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.ConvShape;

/** Convolution and its gradients as seven loops in double precision: what algorithms are compared to. */
final class ConvolutionByDefinition {
  final double[] y;
  final double[] dx;
  final double[] dw;

  ConvolutionByDefinition(ConvShape s, int samples, float[] x, float[] w, float[] bias, float[] dy) {
    y = new double[samples * s.filters() * s.outPixels()];
    dx = new double[x.length];
    dw = new double[w.length];
    for (int n = 0; n < samples; n++) {
      for (int f = 0; f < s.filters(); f++) {
        for (int o = 0; o < s.outPixels(); o++) {
          int out = (n * s.filters() + f) * s.outPixels() + o;
          y[out] = bias[f];
          for (int c = 0; c < s.groupChannels(); c++) {
            int plane = (n * s.channels() + f / s.groupFilters() * s.groupChannels() + c) * s.pixels();
            for (int k = 0; k < s.taps(); k++) {
              int row = o / s.outWidth() * s.strideHeight() + k / s.kernelWidth() * s.dilationHeight()
                  - s.paddingTop();
              int column = o % s.outWidth() * s.strideWidth() + k % s.kernelWidth() * s.dilationWidth()
                  - s.paddingLeft();
              if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                int in = plane + row * s.width() + column;
                int weight = (f * s.groupChannels() + c) * s.taps() + k;
                y[out] += (double) x[in] * w[weight];
                dx[in] += (double) dy[out] * w[weight];
                dw[weight] += (double) dy[out] * x[in];
              }
            }
          }
        }
      }
    }
  }
}
