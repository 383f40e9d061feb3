package dev.fovea.core.kernels;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Every kernel of one implementation against {@link ScalarKernels}: awkward lengths, offsets, guard cells around what
 * may be written. Also a program, so that a test can run it in a JVM with another vector width.
 */
final class KernelTwins {
  private static final int[] LENGTHS = {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 100, 207, 4098};
  private static final int OFFSET = 5;
  private static final float GUARD = 12345f;

  private final Kernels kernels;
  private final Kernels scalar = new ScalarKernels();

  private KernelTwins(Kernels kernels) {
    this.kernels = kernels;
  }

  public static void main(String[] args) {
    Kernels kernels = Kernels.get();
    if (!kernels.name().equals(args[0])) {
      throw new AssertionError("expected " + args[0] + ", got " + kernels.name());
    }
    check(kernels);
    GemmTwin.check();
  }

  /** Throws an {@link AssertionError} if any kernel disagrees with its definition. */
  static void check(Kernels kernels) {
    KernelTwins twins = new KernelTwins(kernels);
    for (int n : LENGTHS) {
      twins.elementwise(n);
      twins.sums(n);
      twins.squares(n);
      twins.finite(n);
    }
    for (int depth : new int[] {1, 2, 7, 256, 301}) {
      twins.tiles(depth, false);
      twins.tiles(depth, true);
    }
    DotTwins.check(twins.kernels);
  }

  private void elementwise(int n) {
    float[] a = values(n, 1);
    float[] b = values(n, 2);
    exactly("add " + n, n, (k, y) -> k.add(n, a, OFFSET, b, OFFSET, y, OFFSET));
    exactly("affine " + n, n, (k, y) -> k.affine(n, 1.7f, -0.3f, a, OFFSET, y, OFFSET));
    exactly("relu " + n, n, (k, y) -> k.relu(n, a, OFFSET, y, OFFSET));
    for (boolean add : new boolean[] {false, true}) {
      exactly("multiply " + n, n, (k, y) -> k.multiply(n, a, OFFSET, b, OFFSET, y, OFFSET, add));
      exactly("scale " + n, n, (k, y) -> k.scale(n, 1.7f, a, OFFSET, y, OFFSET, add));
      exactly("reluGrad " + n, n, (k, y) -> k.reluGrad(n, a, OFFSET, b, OFFSET, y, OFFSET, add));
    }
    float[] exponents = values(n, 3);
    for (int i = 0; i < exponents.length; i++) {
      exponents[i] *= 30;
    }
    exactly("exp " + n, n, (k, y) -> k.exp(n, 1.5f, exponents, OFFSET, y, OFFSET));
    float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, -1000, -0f, 0, 88.8f, Float.POSITIVE_INFINITY, -87.4f};
    float[] special = new float[n + 2 * OFFSET];
    for (int i = 0; i < special.length; i++) {
      special[i] = odd[i % odd.length];
    }
    exactly("exp of the extremes " + n, n, (k, y) -> k.exp(n, 0f, special, OFFSET, y, OFFSET));
    exactly("relu of the extremes " + n, n, (k, y) -> k.relu(n, special, OFFSET, y, OFFSET));
  }

  private void sums(int n) {
    float[] a = values(n, 1);
    float[] b = values(n, 2);
    near("sum " + n, n, scalar.sum(n, a, OFFSET), kernels.sum(n, a, OFFSET));
    near("dot " + n, n, scalar.dot(n, a, OFFSET, b, OFFSET), kernels.dot(n, a, OFFSET, b, OFFSET));
    near("squaredDistance " + n, n,
        scalar.squaredDistance(n, 0.3f, a, OFFSET), kernels.squaredDistance(n, 0.3f, a, OFFSET));
    near("centeredDot " + n, n,
        scalar.centeredDot(n, 0.3f, a, OFFSET, b, OFFSET), kernels.centeredDot(n, 0.3f, a, OFFSET, b, OFFSET));
  }

  private void squares(int n) {
    float[] x = values(n, 1);
    float[] y = x.clone();
    for (float large : new float[] {1, 1e30f, 1e-8f, 1e-30f}) {
      double expected = 0;
      for (int i = OFFSET; i < OFFSET + n; i++) {
        y[i] = x[i] * large;
        expected += (double) y[i] * y[i];
      }
      double sum = kernels.sumOfSquares(n, y, OFFSET);
      if (!(Math.abs(sum - expected) <= 1e-14 * n * expected)) {
        throw new AssertionError("sumOfSquares " + n + ": " + sum + ", expected " + expected);
      }
    }
  }

  /** What lies around must not count, each place within must, whatever is beside it. */
  private void finite(int n) {
    float[] x = values(n, 1);
    Arrays.fill(x, 0, OFFSET, Float.NaN);
    Arrays.fill(x, OFFSET + n, x.length, Float.NaN);
    Arrays.fill(x, OFFSET, OFFSET + n, Float.MAX_VALUE);
    requireFinite(n, x, true);
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int i = OFFSET; i < OFFSET + n; i++) {
        x[i] = odd;
        requireFinite(n, x, false);
        x[i] = -Float.MIN_VALUE;
      }
    }
    requireFinite(n, x, true);
  }

  private void requireFinite(int n, float[] x, boolean expected) {
    if (kernels.finite(n, x, OFFSET) != expected) {
      throw new AssertionError("finite " + n + ": expected " + expected);
    }
  }

  private void tiles(int depth, boolean add) {
    int rows = kernels.tileRows();
    int columns = kernels.tileColumns();
    tile(rows, columns, depth, 1, rows, columns, add);
    tile(rows, columns, depth, 1, rows + 5, columns + 7, add);
    tile(rows - 1, columns, depth, 1, rows, columns, add);
    tile(1, columns - 1, depth, 1, rows, columns, add);
    tile(kernels.tileRows(10), columns, depth, 1, rows, columns, add);
    tile(kernels.tileRows(10) - 1, 3, depth, 1, rows, columns, add);
    tile(rows, 1, depth, 1, rows, columns, add);
    if (kernels.tileReadsRows()) {
      tile(rows, columns, depth, depth + 2, 1, columns, add);
    }
  }

  private void tile(int rows, int columns, int depth, int aRow, int aStep, int bStride, boolean add) {
    int stride = kernels.tileColumns() + 3;
    float[] a = values(kernels.tileRows() * aRow + depth * aStep, 1);
    float[] b = values(bStride * depth, 2);
    float[] c = new float[kernels.tileRows() * stride + 2 * OFFSET];
    Arrays.fill(c, GUARD);
    kernels.gemmTile(rows, columns, depth, a, OFFSET, aRow, aStep, b, OFFSET, bStride, c, OFFSET, stride, add);
    for (int at = 0; at < c.length; at++) {
      int i = (at - OFFSET) / stride;
      int j = (at - OFFSET) % stride;
      double expected = GUARD;
      if (at >= OFFSET && i < rows && j < columns) {
        expected = add ? GUARD : 0;
        for (int p = 0; p < depth; p++) {
          expected += (double) a[OFFSET + i * aRow + p * aStep] * b[OFFSET + p * bStride + j];
        }
      }
      if (Math.abs(c[at] - expected) > 2e-6 * depth + (add ? 2e-3 : 0)) {
        throw new AssertionError("gemmTile " + rows + "x" + columns + ", depth " + depth + ": " + c[at] + " at " + at
            + ", expected " + expected);
      }
    }
  }

  private void exactly(String what, int n, BiConsumer<Kernels, float[]> kernel) {
    float[] expected = guarded(n);
    float[] actual = guarded(n);
    kernel.accept(scalar, expected);
    kernel.accept(kernels, actual);
    for (int i = 0; i < expected.length; i++) {
      boolean outside = i < OFFSET || i >= OFFSET + n;
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(outside ? GUARD : expected[i])) {
        throw new AssertionError(what + ": " + actual[i] + " at " + (i - OFFSET) + ", expected " + expected[i]);
      }
    }
  }

  private static void near(String what, int n, float expected, float actual) {
    if (Math.abs(expected - actual) > 1e-6 * (n + 1)) {
      throw new AssertionError(what + ": " + actual + ", expected " + expected);
    }
  }

  private static float[] guarded(int n) {
    float[] y = new float[n + 2 * OFFSET];
    Arrays.fill(y, GUARD);
    return y;
  }

  private static float[] values(int n, long seed) {
    Random random = new Random(seed);
    float[] x = new float[n + 2 * OFFSET];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    return x;
  }
}
