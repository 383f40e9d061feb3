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
