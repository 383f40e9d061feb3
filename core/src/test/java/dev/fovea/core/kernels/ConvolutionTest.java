package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values and gradients are checked where the op is; here: threads, and pictures larger than one round. */
class ConvolutionTest {
  private static final ConvShape LARGE = new ConvShape(3, 40, 37, 5, 1, 3, 3, 1, 1, 1, 1, 1, 1, 40, 37);

  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  @Test
  void threadsDoNotChangeABit() {
    int samples = 11;
    float[] x = values(samples * 3 * 40 * 37, 1);
    float[] w = values(5 * 3 * 9, 2);
    float[] dy = values(samples * 5 * 40 * 37, 3);
    float[][] many = run(samples, x, w, dy);
    Parallel.limit(1);
    float[][] one = run(samples, x, w, dy);
    assertThat(one).isDeepEqualTo(many);
  }

  /** Widths, kernels and padding of every kind: a tile's columns may begin and end anywhere in a row, or beside it. */
  @Test
  void tilesMayEndAnywhereInARow() {
    for (int side = 1; side <= 14; side++) {
      for (int kernel = 1; kernel <= 5; kernel++) {
        for (int padding = 0; padding <= 4; padding++) {
          int out = side + 2 * padding - kernel + 1;
          if (out > 0) {
            agreesWithDefinition(new ConvShape(
                1, side, side, 1, 1, kernel, kernel, 1, 1, 1, 1, padding, padding, out, out),
                side, kernel, padding, out);
          }
        }
      }
    }
  }

  private static void agreesWithDefinition(ConvShape shape, int side, int kernel, int padding, int out) {
    float[] x = values(side * side, 1);
    float[] w = values(kernel * kernel, 2);
    float[] dy = values(out * out, 3);
    float[] y = new float[out * out];
    float[] dx = new float[side * side];
    float[] dw = new float[kernel * kernel];
    Convolution.forward(shape, 1, x, w, y, (filter, values, from, count) -> { });
    Convolution.backwardData(shape, 1, dy, w, dx, false);
    Convolution.backwardWeights(shape, 1, dy, x, dw, false);
    float[] yExpected = new float[y.length];
    float[] dxExpected = new float[dx.length];
    float[] dwExpected = new float[dw.length];
    for (int o = 0; o < out * out; o++) {
      for (int k = 0; k < kernel * kernel; k++) {
        int row = o / out + k / kernel - padding;
        int column = o % out + k % kernel - padding;
        if (row >= 0 && row < side && column >= 0 && column < side) {
          int cell = row * side + column;
          yExpected[o] += x[cell] * w[k];
          dxExpected[cell] += dy[o] * w[k];
          dwExpected[k] += dy[o] * x[cell];
        }
      }
    }
    String where = "side " + side + ", kernel " + kernel + ", padding " + padding;
    assertThat(y).as(where + ": value").usingComparatorWithPrecision(1e-4f).containsExactly(yExpected);
    assertThat(dx).as(where + ": input").usingComparatorWithPrecision(1e-4f).containsExactly(dxExpected);
    assertThat(dw).as(where + ": weights").usingComparatorWithPrecision(1e-4f).containsExactly(dwExpected);
  }

  private static float[][] run(int samples, float[] x, float[] w, float[] dy) {
    float[] y = new float[dy.length];
    float[] dx = new float[x.length];
    float[] dw = new float[w.length];
    Convolution.forward(LARGE, samples, x, w, y, (filter, values, from, count) -> { });
    Convolution.backwardData(LARGE, samples, dy, w, dx, false);
    Convolution.backwardWeights(LARGE, samples, dy, x, dw, false);
    return new float[][] {y, dx, dw};
  }

  private static float[] values(int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    return x;
  }
}
