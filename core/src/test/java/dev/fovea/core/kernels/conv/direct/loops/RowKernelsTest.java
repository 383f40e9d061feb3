package dev.fovea.core.kernels.conv.direct.loops;

import static dev.fovea.core.kernels.conv.Twins.OFFSET;
import static dev.fovea.core.kernels.conv.Twins.same;
import static dev.fovea.core.kernels.conv.Twins.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tiles of the kernels in use against their definition, at the same number of lanes. */
class RowKernelsTest {
  private final RowKernels kernels = RowKernels.get();
  private final int lanes = kernels.lanes();
  private final RowKernels scalar = new ScalarRows(lanes);

  @Test
  void sums() {
    float[] x = values(300, 1);
    float[] w = values(40, 2);
    int[] taps = {0, 100, 7, 3, 51, 0, 130, 131};
    same("sums", scalar, kernels, 12 * lanes + 2 * OFFSET,
        (k, z) -> k.sums(taps, 4, x, 5, 77, w, 3, values(9, 3), 2, z, OFFSET));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void means(int filters) {
    check(filters, "mean", (k, z, floor, y, bits) -> k.mean(filters, z, 3, floor, y, OFFSET, 20, bits, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void maxima(int filters) {
    check(filters, "largest", (k, z, floor, y, bits) -> k.largest(filters, z, 3, floor, y, OFFSET, 20, bits, 2));
  }

  private interface Call {
    void accept(RowKernels kernels, float[] z, float floor, float[] y, int[] bits);
  }

  private void check(int filters, String what, Call call) {
    float[] z = values(3 + 4 * filters * lanes, 4);
    float[] odd = {Float.NaN, -1, 0, -0f, Float.NEGATIVE_INFINITY, 1, 1};
    for (int i = 0; i < z.length; i += 1 + i % 3) {
      z[i] = odd[i % odd.length];
    }
    for (float floor : new float[] {0f, Float.NEGATIVE_INFINITY}) {
      int[] expected = new int[4 + lanes];
      int[] actual = new int[4 + lanes];
      same(what, scalar, kernels, 20 * filters + 2 * OFFSET,
          (k, y) -> call.accept(k, z, floor, y, k == scalar ? expected : actual));
      assertThat(actual).isEqualTo(expected);
    }
  }

  /** By hand: which bits there are. */
  @Test
  void bitsTellWhichCellsHaveASlope() {
    float[] z = new float[2 * 4 * lanes];
    float[] cells = {1, -1, 0, 2, 3, 3, Float.NaN, 0};
    for (int i = 0; i < cells.length; i++) {
      z[i * lanes] = cells[i];
    }
    float[] y = new float[2 * lanes];
    int[] bits = new int[lanes];
    kernels.mean(2, z, 0, 0f, y, 0, lanes, bits, 0);
    assertThat(bits[0]).isEqualTo(0b0111_1001);
    assertThat(y[0]).isEqualTo(0.75f);
    assertThat(y[lanes]).isNaN();
    z[6 * lanes] = -5;
    kernels.largest(2, z, 0, 0f, y, 0, lanes, bits, 0);
    assertThat(bits[0]).isEqualTo(0b0001_1000);
    assertThat(y[0]).isEqualTo(2);
    assertThat(y[lanes]).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void slopes(int filters) {
    float[] dy = values(200, 5);
    int[] bits = new int[3 + lanes];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = 0x9E3779B9 * (i + 1);
    }
    int length = 4 * filters * lanes + 2 * OFFSET;
    same("slopes", scalar, kernels, length,
        (k, g) -> k.slopes(filters, 0.25f, dy, 7, 20, bits, 2, g, OFFSET, new float[filters * lanes], 0));
    same("their sums", scalar, kernels, length,
        (k, sums) -> k.slopes(filters, 1f, dy, 7, 20, bits, 2, new float[length], 0, sums, OFFSET));
  }

  /** By hand, as 0 * NaN would not be 0. */
  @Test
  void cellsWithoutASlopeGetNothingOfNanAndInfinity() {
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    float[] dy = new float[2 * lanes];
    for (int i = 0; i < dy.length; i++) {
      dy[i] = odd[i % odd.length];
    }
    int[] bits = new int[lanes];
    Arrays.fill(bits, 0b0000_0101); // the left cells of the first filter, none of the second
    float[] g = new float[8 * lanes];
    float[] sums = new float[2 * lanes];
    kernels.slopes(2, 1f, dy, 0, lanes, bits, 0, g, 0, sums, 0);
    for (int lane = 0; lane < lanes; lane++) {
      for (int cell = 0; cell < 8; cell++) {
        Float expected = cell == 0 || cell == 2 ? dy[lane] : 0f;
        assertThat(g[cell * lanes + lane]).as("cell %d of lane %d", cell, lane).isEqualTo(expected);
      }
      assertThat(sums[lane]).isEqualTo(Float.valueOf(dy[lane]));
      assertThat(sums[lanes + lane]).isZero();
    }
  }

  @Test
  void weights() {
    float[] x = values(400, 6);
    float[] g = values(300 + 12 * lanes, 7);
    int[] places = {0, 0, 100, 16, 33, 200, 7, 7};
    int[] taps = {0, 0, 1, 50, 130, 131, 200};
    same("weights", scalar, kernels, 15 * lanes + 2 * OFFSET,
        (k, dw) -> k.weights(places, 4, x, 3, taps, 2, g, 5, dw, OFFSET));
  }
}
