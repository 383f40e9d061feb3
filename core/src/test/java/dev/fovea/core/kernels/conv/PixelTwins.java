package dev.fovea.core.kernels.conv;

import static dev.fovea.core.kernels.conv.Twins.OFFSET;
import static dev.fovea.core.kernels.conv.Twins.same;
import static dev.fovea.core.kernels.conv.Twins.values;

import dev.fovea.core.kernels.KernelChoice;
import dev.fovea.core.kernels.Kernels;
import java.util.Arrays;

/**
 * The kernels of pooling and sums against their scalar twins. Also a program, so that a test can run it in a JVM with
 * another vector width.
 */
final class PixelTwins {
  private static final int LENGTH = 36 * 3 * 16 + 2 * OFFSET;

  private PixelTwins() {}

  public static void main(String[] args) {
    if (!Kernels.get().name().equals(args[0])) {
      throw new AssertionError("expected " + args[0] + ", got " + Kernels.get().name());
    }
    check();
  }

  /** Throws an {@link AssertionError} if a kernel in use disagrees with its definition. */
  static void check() {
    PixelKernels pixels = KernelChoice.twin(new ScalarPixels(), PixelKernels.class,
        PixelTwins.class.getPackageName() + ".VectorPixels");
    for (int n = 0; n < 6; n++) {
      pixels(pixels, n);
    }
  }

  private static void pixels(PixelKernels kernel, int pixels) {
    PixelKernels scalar = new ScalarPixels();
    float[] z = values(LENGTH, 1);
    float[] odd = {Float.NaN, -1, 0, -0f, Float.NEGATIVE_INFINITY, 1, 1};
    for (int i = 0; i < z.length; i += 1 + i % 3) {
      z[i] = odd[i % odd.length];
    }
    int lower = OFFSET + 12 * 16;
    same("pool", scalar, kernel, LENGTH, (k, y) -> k.pool(pixels, z, OFFSET, lower, y, OFFSET));
    int[] chosen = new int[LENGTH];
    int[] expected = new int[LENGTH];
    same("pool and choose", scalar, kernel, LENGTH, (k, y) -> k.pool(pixels, z, OFFSET, lower, y, OFFSET,
        k == scalar ? expected : chosen, OFFSET));
    if (!Arrays.equals(expected, chosen)) {
      throw new AssertionError("pool chose " + Arrays.toString(chosen) + ", expected " + Arrays.toString(expected));
    }
    float[] dy = values(LENGTH, 2);
    same("unpool", scalar, kernel, LENGTH,
        (k, dz) -> k.unpool(pixels, dy, OFFSET, expected, OFFSET, dz, OFFSET, lower));
    means(scalar, kernel, pixels, z, lower, dy);
    same("sum", scalar, kernel, LENGTH, (k, sums) -> k.sum(pixels, dy, OFFSET, sums, OFFSET));
  }

  private static void means(PixelKernels scalar, PixelKernels kernel, int pixels, float[] z, int lower, float[] dy) {
    same("mean", scalar, kernel, LENGTH, (k, y) -> k.mean(pixels, z, OFFSET, lower, y, OFFSET));
    for (float floor : new float[] {0f, Float.NaN}) {
      int[] sloped = new int[LENGTH];
      int[] expected = new int[LENGTH];
      same("mean and slopes", scalar, kernel, LENGTH, (k, y) -> k.mean(pixels, z, OFFSET, lower, floor, y, OFFSET,
          k == scalar ? expected : sloped, OFFSET));
      if (!Arrays.equals(expected, sloped)) {
        throw new AssertionError("slopes " + Arrays.toString(sloped) + ", expected " + Arrays.toString(expected));
      }
      same("unmean", scalar, kernel, LENGTH, (k, dz) -> k.unmean(pixels, dy, OFFSET, expected, OFFSET,
          dz, OFFSET, lower, new float[16], 0));
      same("sums of unmean", scalar, kernel, LENGTH, (k, sums) -> k.unmean(pixels, dy, OFFSET, expected, OFFSET,
          new float[LENGTH], OFFSET, lower, sums, OFFSET));
    }
    withoutASlope(kernel, pixels);
  }

  /** Where no cell has a slope, NaN and infinity in dy give 0, which 0 times them would not be. */
  private static void withoutASlope(PixelKernels kernel, int pixels) {
    float[] dy = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      dy[i] = i % 2 == 0 ? Float.NaN : Float.POSITIVE_INFINITY;
    }
    float[] dz = new float[LENGTH];
    float[] sums = new float[16];
    int lower = OFFSET + 12 * 16;
    Arrays.fill(dz, OFFSET, OFFSET + pixels * 2 * 16, 1f);
    Arrays.fill(dz, lower, lower + pixels * 2 * 16, 1f);
    kernel.unmean(pixels, dy, OFFSET, new int[LENGTH], OFFSET, dz, OFFSET, lower, sums, 0);
    if (!Arrays.equals(dz, new float[LENGTH]) || !Arrays.equals(sums, new float[16])) {
      throw new AssertionError("unmean without a slope gave " + Arrays.toString(dz) + ", " + Arrays.toString(sums));
    }
  }
}
