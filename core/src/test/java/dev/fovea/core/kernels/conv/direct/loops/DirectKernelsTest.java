package dev.fovea.core.kernels.conv.direct.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.fovea.core.kernels.Blocks;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tiles of the kernels in use, one by one. */
class DirectKernelsTest {
  private static final int WIDTH = Blocks.WIDTH;
  private static final float GUARD = 12345f;

  private final DirectKernels kernels = DirectKernels.get();

  /** Runs of all lengths, cells in any order, a tile's last cells the same, a start of its own or in place. */
  @Test
  void products() {
    float[] x = values(4000, 1);
    int[] taps = {7, 0, 1, 130, 1, 16, 300, 17, 5, 0, 22, 2};
    int[] xCells = {0, 2000, 40, 1000, 3, 500, 77, 9, 800, 900, 901, 901};
    int[] zCells = {32, 0, 64, 96, 128, 160, 192, 224, 256, 288, 320, 320};
    int[] none = new int[DirectKernels.PIXELS];
    for (int vectors = 1; vectors <= kernels.vectors(); vectors++) {
      int lanes = vectors * kernels.lanes();
      float[] w = values(24 * lanes + 3, 2);
      for (boolean inPlace : new boolean[] {false, true}) {
        float[] bias = values(3 + lanes, 4);
        float[] z = values(400, 5);
        double[] expected = new double[400];
        Arrays.setAll(expected, i -> z[i]);
        for (int p = 0; p < DirectKernels.PIXELS; p++) {
          for (int f = 0; f < lanes; f++) {
            double sum = inPlace ? z[5 + zCells[p] + f] : bias[3 + f];
            for (int k = 0; k < taps.length; k += 3) {
              for (int c = 0; c < taps[k + 2]; c++) {
                sum += (double) x[11 + xCells[p] + taps[k] + c] * w[3 + (taps[k + 1] + c) * lanes + f];
              }
            }
            expected[5 + zCells[p] + f] = Math.max(sum, -0.25);
          }
        }
        kernels.products(vectors, taps, 4, x, 11, xCells, 0, w, 3, inPlace ? z : bias, inPlace ? 5 : 3,
            inPlace ? zCells : none, kernels.lanes(), -0.25f, z, 5, zCells, kernels.lanes());
        near("products of " + vectors + " vectors, in place " + inPlace, expected, z);
      }
    }
  }

  @Test
  void notANumberStaysOne() {
    float[] x = {Float.NaN};
    float[] w = new float[2 * WIDTH];
    float[] z = new float[2 * WIDTH];
    int[] none = new int[DirectKernels.PIXELS];
    for (int vectors = 1; vectors <= kernels.vectors(); vectors++) {
      Arrays.fill(z, 0f);
      kernels.products(vectors, new int[] {0, 0, 1}, 1, x, 0, none, 0, w, 0, new float[2 * WIDTH], 0, none, WIDTH, 0f,
          z, 0, none, WIDTH);
      assertThat(z[0]).isNaN();
    }
    float[] pixel = new float[WIDTH];
    pixel[0] = Float.NaN;
    Arrays.fill(z, 0f);
    kernels.depthwise(new int[] {0, 0, 1}, 1, pixel, 0, WIDTH, new int[3 * DirectKernels.TAPS], 0,
        new float[DirectKernels.TAPS * WIDTH], 0, new float[WIDTH], 0, 0, 0f, z, 0, WIDTH);
    assertThat(z[0]).isNaN();
  }

  @Test
  void weights() {
    int[] offsets = {0, 1, 2, 3, 4, 5, 6, 7};
    int[] runs = {0, 0, 1, 100, 64, 7, 900, 16, 3};
    for (int vectors = 1; vectors <= kernels.vectors(); vectors++) {
      float[] x = values(2000, 1);
      float[] dz = values(700, 2);
      float[] dw = guarded(DirectKernels.CHANNELS * vectors * kernels.lanes());
      double[] expected = gradient(vectors, DirectKernels.CHANNELS, runs, x, offsets, dz, 7, dw);
      kernels.weights(vectors, runs, 3, x, 9, 32, dz, 4, 300, 7, dw, 5);
      near("weights of " + vectors + " vectors", expected, dw);
    }
  }

  @Test
  void taps() {
    int[] runs = {0, 0, 1, 100, 64, 7, 900, 16, 3};
    int[] offsets = {0, 7, 7, 100, 3, 500, 20, 9, 300};
    int[] taps = new int[3 * (2 + DirectKernels.TAPS)];
    for (int t = 0; t < DirectKernels.TAPS; t++) {
      taps[3 * (2 + t)] = offsets[t];
    }
    for (int vectors = 1; vectors <= kernels.vectors(); vectors++) {
      float[] x = values(2000, 1);
      float[] dz = values(700, 2);
      float[] dw = guarded(DirectKernels.TAPS * vectors * kernels.lanes());
      double[] expected = gradient(vectors, DirectKernels.TAPS, runs, x, offsets, dz, WIDTH, dw);
      kernels.taps(vectors, runs, 3, x, 9, 32, taps, 2, dz, 4, 300, dw, 5);
      near("taps of " + vectors + " vectors", expected, dw);
    }
  }

  private double[] gradient(int vectors, int rows, int[] runs, float[] x, int[] offsets, float[] dz, int dzStep,
      float[] dw) {
    int lanes = kernels.lanes();
    double[] expected = new double[dw.length];
    Arrays.setAll(expected, i -> dw[i]);
    for (int row = 0; row < rows; row++) {
      for (int f = 0; f < vectors * lanes; f++) {
        for (int k = 0; k < runs.length; k += 3) {
          for (int p = 0; p < runs[k + 2]; p++) {
            expected[5 + row * vectors * lanes + f] += (double) x[9 + runs[k] + 32 * p + offsets[row]]
                * dz[4 + runs[k + 1] + dzStep * p + f / lanes * 300 + f % lanes];
          }
        }
      }
    }
    return expected;
  }

  @Test
  void depthwise() {
    int lanes = kernels.lanes();
    float[] x = values(2000, 1);
    float[] w = values(3 + DirectKernels.TAPS * lanes, 2);
    float[] start = values(WIDTH, 3);
    int[] runs = {0, 0, 1, 100, 64, 7, 900, 320, 3};
    int[] taps = new int[3 * (1 + DirectKernels.TAPS)];
    for (int t = 0; t < DirectKernels.TAPS; t++) {
      taps[3 * (1 + t)] = 37 * t;
    }
    for (int factor = 0; factor <= 1; factor++) {
      float[] z = guarded(500);
      double[] expected = new double[z.length];
      Arrays.setAll(expected, i -> z[i]);
      for (int k = 0; k < runs.length; k += 3) {
        for (int p = 0; p < runs[k + 2]; p++) {
          for (int c = 0; c < lanes; c++) {
            double sum = factor == 0 ? start[c] : 0.5f;
            for (int t = 0; t < DirectKernels.TAPS; t++) {
              sum += (double) x[9 + 37 * t + runs[k] + 32 * p + c] * w[3 + t * lanes + c];
            }
            expected[5 + runs[k + 1] + WIDTH * p + c] = Math.max(sum, -0.25);
          }
        }
      }
      kernels.depthwise(runs, 3, x, 9, 32, taps, 1, w, 3, factor == 0 ? start : z, factor == 0 ? 0 : 5, factor, -0.25f,
          z, 5, WIDTH);
      near("depthwise, starting from factor " + factor, expected, z);
    }
  }

  /** To narrower places, each pixel over the end of the one before; and back. */
  @Test
  void copy() {
    float[] x = values(100, 1);
    float[] narrow = guarded(3 * 6 + WIDTH);
    kernels.copy(4, x, 3, WIDTH, narrow, 5, 6);
    float[] wide = guarded(3 * 20 + WIDTH);
    kernels.copy(4, x, 3, 6, wide, 5, 20);
    for (int i = -5; i < 3 * 6 + WIDTH + 5; i++) {
      int pixel = Math.min(3, i / 6);
      assertThat(narrow[5 + i]).isEqualTo(i < 0 || i >= 3 * 6 + WIDTH ? GUARD : x[3 + pixel * WIDTH + i - pixel * 6]);
    }
    for (int i = 0; i < 3 * 20 + WIDTH; i++) {
      assertThat(wide[5 + i]).isEqualTo(i % 20 < WIDTH ? x[3 + i / 20 * 6 + i % 20] : 0.5f);
    }
  }

  @Test
  void depthwiseTaps() {
    int lanes = kernels.lanes();
    int[] runs = {0, 0, 1, 100, 64, 7, 900, 16, 3};
    int[] taps = new int[3 * DirectKernels.TAPS];
    for (int t = 0; t < DirectKernels.TAPS; t++) {
      taps[3 * t] = 37 * t;
    }
    float[] x = values(2000, 1);
    float[] dz = values(700, 2);
    float[] dw = guarded(DirectKernels.TAPS * lanes);
    double[] expected = new double[dw.length];
    Arrays.setAll(expected, i -> dw[i]);
    for (int t = 0; t < DirectKernels.TAPS; t++) {
      for (int c = 0; c < lanes; c++) {
        for (int k = 0; k < runs.length; k += 3) {
          for (int p = 0; p < runs[k + 2]; p++) {
            expected[5 + t * lanes + c] += (double) x[9 + runs[k] + 32 * p + 37 * t + c]
                * dz[4 + runs[k + 1] + WIDTH * p + c];
          }
        }
      }
    }
    kernels.depthwiseTaps(runs, 3, x, 9, 32, taps, 0, dz, 4, dw, 5);
    near("depthwise taps", expected, dw);
  }

  private static float[] guarded(int n) {
    float[] values = new float[n + 10];
    Arrays.fill(values, GUARD);
    Arrays.fill(values, 5, 5 + n, 0.5f);
    return values;
  }

  private static void near(String what, double[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as(what + ", at " + i)
          .isCloseTo(expected[i], offset(1e-5));
    }
  }

  private static float[] values(int n, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
