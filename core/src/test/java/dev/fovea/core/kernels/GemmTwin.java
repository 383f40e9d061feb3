package dev.fovea.core.kernels;

import java.util.Arrays;
import java.util.Random;

/** {@link Gemm} against the definition of the matrix product, at sizes that take each of its ways. */
final class GemmTwin {
  private static final int OFFSET = 3;
  private static final float GUARD = 77f;
  private static final int[][] SIZES = {
    {1, 1, 1}, {1, 7, 3}, {8, 32, 1}, {9, 33, 257}, {7, 31, 256}, {64, 10, 128}, {3, 200, 513}, {300, 5, 20},
    {40, 130, 70}, {70, 1024, 9}, {1, 13, 300}, {5, 6, 2060}, {8, 8, 128}, {13, 1030, 17}, {257, 65, 260},
    {10, 40, 33}, {21, 70, 300}, {9, 8200, 20}, {49, 8195, 9}, {2, 100, 40}, {40, 90, 33}, {9, 200, 40}};

  private GemmTwin() {}

  static void check() {
    for (int[] size : SIZES) {
      check(size[0], size[1], size[2]);
    }
    checkStrips();
  }

  /** The right operand is part of a matrix with lines pages apart, deeper than a panel: strips that are added. */
  private static void checkStrips() {
    int stride = 8192;
    int m = 49;
    int n = 70;
    int k = 300;
    float[] a = values(m * k, 1);
    float[] b = values(k * n, 2);
    float[] wide = new float[k * stride];
    for (int p = 0; p < k; p++) {
      System.arraycopy(b, p * n, wide, p * stride + OFFSET, n);
    }
    for (boolean add : new boolean[] {false, true}) {
      check(m, n, k, a, b, Operand.rows(a, 0, k), Operand.columns(wide, OFFSET, stride), add);
    }
  }

  /** Both operands either way round, overwriting and adding. */
  static void check(int m, int n, int k) {
    float[] a = values(m * k, 1);
    float[] b = values(k * n, 2);
    float[] turnedA = turned(a, m, k);
    float[] turnedB = turned(b, k, n);
    for (boolean add : new boolean[] {false, true}) {
      check(m, n, k, a, b, Operand.rows(a, 0, k), Operand.columns(b, 0, n), add);
      check(m, n, k, a, b, Operand.columns(turnedA, 0, m), Operand.rows(turnedB, 0, k), add);
      check(m, n, k, a, b, Operand.rows(a, 0, k), Operand.rows(turnedB, 0, k), add);
      check(m, n, k, a, b, Operand.columns(turnedA, 0, m), Operand.columns(b, 0, n), add);
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
      if (!(Math.abs(c[at] - expected) <= 1e-6 * k + 1e-4)) {
        throw new AssertionError(m + "x" + n + "x" + k + ": " + c[at] + " at " + at + ", expected " + expected);
      }
    }
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

  static float[] values(int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    return x;
  }
}
