package dev.fovea.core.kernels.conv;

import java.util.Arrays;
import java.util.function.BiConsumer;

/** Compares kernels with their scalar twins, guard cells around what may be written. */
public final class Twins {
  /** Where kernels are to write, from the beginning of an array on. */
  public static final int OFFSET = 48;
  private static final float GUARD = 12345f;

  private Twins() {}

  /** Both write the same, up to rounding; what neither may write is what it was. */
  public static <K> void same(String what, K scalar, K kernel, int length, BiConsumer<K, float[]> call) {
    float[] expected = new float[length];
    float[] actual = new float[length];
    Arrays.fill(expected, GUARD);
    Arrays.fill(actual, GUARD);
    call.accept(scalar, expected);
    call.accept(kernel, actual);
    for (int i = 0; i < length; i++) {
      boolean near = Math.abs(expected[i] - actual[i]) <= (Math.abs(expected[i]) > 1000 ? 5e-3 : 2e-4);
      boolean same = Float.compare(expected[i], actual[i]) == 0;
      if (expected[i] == GUARD ? !same : !same && !near) {
        throw new AssertionError(what + ": " + actual[i] + " at " + (i - OFFSET) + ", expected " + expected[i]);
      }
    }
  }

  /** From -1 to 1. */
  public static float[] values(int n, long seed) {
    return ReferenceConvolution.random(n, seed, 1);
  }
}
