package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.ConvShape;
import java.util.Random;

/** A convolution and its gradients by their definition, in double precision, on plain {@code [N, C, H, W]} arrays. */
public final class ReferenceConvolution {
  public final ConvShape shape;
  public final int samples;
  public final float[] x;
  public final float[] w;
  public final float[] bias;

  /** Random inputs; the filters are scaled so that outputs are about as large as inputs. */
  public ReferenceConvolution(ConvShape shape, int samples, long seed) {
    this.shape = shape;
    this.samples = samples;
    x = random(samples * shape.channels() * shape.pixels(), seed, 1);
    w = random(shape.filters() * shape.depth(), seed + 1, (float) Math.sqrt(3.0 / shape.depth()));
    bias = random(shape.filters(), seed + 2, 0.5f);
  }

  /** Of 3x3 filters at stride 1. */
  public static ConvShape shape(int channels, int height, int width, int filters, int top, int left, int bottom,
      int right) {
    return new ConvShape(channels, height, width, filters, 1, 3, 3, 1, 1, 1, 1, top, left,
        height + top + bottom - 2, width + left + right - 2);
  }

  public static float[] random(int n, long seed, float scale) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (random.nextFloat() * 2 - 1) * scale;
    }
    return values;
  }

  /** What is done with each product of an output cell, an input cell and a weight. */
  private interface Product {
    void at(int z, int x, int w);
  }

  private void products(Product product) {
    ConvShape s = shape;
    for (int n = 0; n < samples; n++) {
      for (int o = 0; o < s.filters(); o++) {
        int group = o / s.groupFilters();
        for (int i = 0; i < s.outPixels(); i++) {
          for (int c = 0; c < s.groupChannels(); c++) {
            int plane = n * s.channels() + group * s.groupChannels() + c;
            for (int tap = 0; tap < s.taps(); tap++) {
              int row = i / s.outWidth() * s.strideHeight() + tap / s.kernelWidth() * s.dilationHeight()
                  - s.paddingTop();
              int column = i % s.outWidth() * s.strideWidth() + tap % s.kernelWidth() * s.dilationWidth()
                  - s.paddingLeft();
              if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                product.at((n * s.filters() + o) * s.outPixels() + i,
                    plane * s.pixels() + row * s.width() + column, (o * s.groupChannels() + c) * s.taps() + tap);
              }
            }
          }
        }
      }
    }
  }

  /** z = x * w + bias. */
  public double[] z(boolean withBias) {
    double[] z = new double[samples * shape.filters() * shape.outPixels()];
    for (int i = 0; withBias && i < z.length; i++) {
      z[i] = bias[i / shape.outPixels() % shape.filters()];
    }
    products((zi, xi, wi) -> z[zi] += (double) x[xi] * w[wi]);
    return z;
  }

  public double[] dx(double[] dz) {
    double[] dx = new double[x.length];
    products((zi, xi, wi) -> dx[xi] += dz[zi] * w[wi]);
    return dx;
  }

  public double[] dw(double[] dz) {
    double[] dw = new double[w.length];
    products((zi, xi, wi) -> dw[wi] += dz[zi] * x[xi]);
    return dw;
  }

  public double[] db(double[] dz) {
    double[] db = new double[shape.filters()];
    for (int i = 0; i < dz.length; i++) {
      db[i / shape.outPixels() % shape.filters()] += dz[i];
    }
    return db;
  }

  /** From planes to blocks of channels; channels that only fill up a block get a number that must not matter. */
  public static float[] toBlocks(float[] planes, int samples, int channels, int pixels) {
    int padded = Blocks.count(channels) * Blocks.WIDTH;
    float[] blocks = new float[samples * padded * pixels];
    for (int i = 0; i < blocks.length; i++) {
      int lane = i % Blocks.WIDTH;
      int pixel = i / Blocks.WIDTH % pixels;
      int channel = i / Blocks.WIDTH / pixels % Blocks.count(channels) * Blocks.WIDTH + lane;
      int sample = i / pixels / padded;
      blocks[i] = channel < channels ? planes[(sample * channels + channel) * pixels + pixel] : 1.5f;
    }
    return blocks;
  }

  public static float[] toPlanes(float[] blocks, int samples, int channels, int pixels) {
    float[] planes = new float[samples * channels * pixels];
    for (int i = 0; i < planes.length; i++) {
      int channel = i / pixels % channels;
      int block = i / pixels / channels * Blocks.count(channels) + channel / Blocks.WIDTH;
      planes[i] = blocks[(block * pixels + i % pixels) * Blocks.WIDTH + channel % Blocks.WIDTH];
    }
    return planes;
  }

  /** The largest difference, relative to the largest expected value; NaN if anything is. */
  public static double error(double[] expected, float[] actual) {
    double largest = 1e-30;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
    }
    return difference / largest;
  }
}
