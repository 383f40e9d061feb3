package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemmTest {
  private static final int OFFSET = 3;
  private static final float GUARD = 77f;

  @AfterEach
  void allThreads() {
    Parallel.limit(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,7,3", "8,32,1", "9,33,257", "7,31,256", "64,10,128", "3,200,513", "300,5,20", "40,130,70"})
  void agreesWithTheDefinition(int m, int n, int k) {
    float[] a = values(m * k, 1);
    float[] b = values(k * n, 2);
    float[] turnedA = turned(a, m, k);
    float[] turnedB = turned(b, k, n);
    for (boolean add : new boolean[] {false, true}) {
      check(m, n, k, a, b, Operand.rows(a, 0, k), Operand.columns(b, 0, n), add);
      check(m, n, k, a, b, Operand.columns(turnedA, 0, m), Operand.rows(turnedB, 0, k), add);
    }
  }

  private static void check(int m, int n, int k, float[] a, float[] b, Operand left, Operand right, boolean add) {
    int stride = n + 2;
    float[] c = new float[OFFSET + m * stride];
    Arrays.fill(c, GUARD);
    Gemm.multiply(m, n, k, left, right, c, OFFSET, stride, add);
    for (int at = 0; at < c.length; at++) {
      int i = (at - OFFSET) / stride;
      int j = (at - OFFSET) % stride;
      double expected = GUARD;
      if (at >= OFFSET && j < n) {
        expected = add ? GUARD : 0;
        for (int p = 0; p < k; p++) {
          expected += (double) a[i * k + p] * b[p * n + j];
        }
      }
      assertThat((double) c[at]).as("%dx%dx%d, element %d", m, n, k, at)
          .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6 * k + 1e-4));
    }
  }

  @Test
  void threadsDoNotChangeABit() {
    int m = 300;
    int n = 333;
    int k = 300;
    float[] a = values(m * k, 1);
    float[] b = values(k * n, 2);
    float[] one = new float[m * n];
    float[] many = new float[m * n];
    Gemm.multiply(m, n, k, Operand.rows(a, 0, k), Operand.columns(b, 0, n), many, 0, n, false);
    Parallel.limit(1);
    Gemm.multiply(m, n, k, Operand.rows(a, 0, k), Operand.columns(b, 0, n), one, 0, n, false);
    assertThat(one).isEqualTo(many);
  }

  private static float[] turned(float[] x, int rows, int columns) {
    float[] y = new float[x.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        y[j * rows + i] = x[i * columns + j];
      }
    }
    return y;
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
