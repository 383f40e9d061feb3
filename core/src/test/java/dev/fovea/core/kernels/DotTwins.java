package dev.fovea.core.kernels;

import java.util.Arrays;
import java.util.Random;

/** The dot products of {@link Kernels}, tiles and single lines, folded, against those in double precision. */
final class DotTwins {
  private static final int OFFSET = 2;
  private static final float GUARD = 77f;

  private final Kernels kernels;
  private final int depth;
  private final float[] a;
  private final float[] b;

  private DotTwins(Kernels kernels, int depth) {
    this.kernels = kernels;
    this.depth = depth;
    a = values(OFFSET + Kernels.DOTS * (depth + 1), 1);
    b = values(OFFSET + kernels.dotColumns() * (depth + 2), 2);
  }

  static void check(Kernels kernels) {
    for (int depth : new int[] {16, 17, 31, 32, 200, 301}) {
      DotTwins twins = new DotTwins(kernels, depth);
      twins.tiles();
      // Once only, though the vectors at the beginning of a row overlap; and not as 0 * infinity.
      twins.a[OFFSET + 15] = Float.POSITIVE_INFINITY;
      twins.tiles();
      twins.lines();
    }
  }

  private void tiles() {
    for (int columns : new int[] {4, kernels.dotColumns()}) {
      float[] sums = sums();
      kernels.dotTile(columns, depth, a, OFFSET, depth + 1, b, OFFSET, depth + 2, sums, OFFSET);
      fold("tile of " + columns, Kernels.DOTS, columns, sums);
    }
  }

  private void lines() {
    for (int lines = 1; lines <= Kernels.DOTS; lines++) {
      float[] sums = sums();
      kernels.dotRow(depth, b, OFFSET, lines, a, OFFSET, depth + 1, sums, OFFSET);
      fold(lines + " lines", lines, 1, sums);
    }
  }

  private float[] sums() {
    return values(OFFSET + Kernels.DOT_STRIP * kernels.dotSize(), 3);
  }

  /** Folds as many columns, and a whole strip of which the rest is rubbish. */
  private void fold(String what, int rows, int columns, float[] sums) {
    for (int width : new int[] {columns, Kernels.DOT_STRIP}) {
      for (boolean add : new boolean[] {false, true}) {
        int stride = width + 1;
        float[] c = new float[OFFSET + Kernels.DOTS * stride];
        Arrays.fill(c, GUARD);
        kernels.foldDots(width, sums.clone(), OFFSET, c, OFFSET, stride, add);
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            near(what + " at " + i + ", " + j, dot(i, j) + (add ? GUARD : 0), c[OFFSET + i * stride + j]);
          }
          near(what + " behind row " + i, GUARD, c[OFFSET + i * stride + width]);
        }
      }
    }
  }

  private double dot(int i, int j) {
    double sum = 0;
    for (int p = 0; p < depth; p++) {
      sum += (double) a[OFFSET + i * (depth + 1) + p] * b[OFFSET + j * (depth + 2) + p];
    }
    return sum;
  }

  private void near(String what, double expected, float actual) {
    if (expected != actual && !(Math.abs(expected - actual) <= 1e-6 * depth + 1e-5)) {
      throw new AssertionError(what + ", depth " + depth + ": " + actual + ", expected " + expected);
    }
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
