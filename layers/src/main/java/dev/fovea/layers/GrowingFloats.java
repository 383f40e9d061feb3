package dev.fovea.layers;

import java.util.Arrays;

/** Floats that come one after the other: an array that grows with them, never further than promised. */
final class GrowingFloats {
  private static final int START = 1 << 12;

  private final long promised;
  private float[] values;
  private int size;

  /** At most this many will come. */
  GrowingFloats(long promised) {
    this.promised = Math.min(promised, Integer.MAX_VALUE - 8);
    this.values = new float[(int) Math.min(START, this.promised)];
  }

  /** Takes one more; {@code false} if that is more than was promised. */
  boolean add(float value) {
    if (size == promised) {
      return false;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, (int) Math.min(promised, size + (size >> 1) + 1L));
    }
    values[size++] = value;
    return true;
  }

  /** How many there is room for without growing. */
  int capacity() {
    return values.length;
  }

  /** What came, in an array of just that length. */
  float[] toArray() {
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
