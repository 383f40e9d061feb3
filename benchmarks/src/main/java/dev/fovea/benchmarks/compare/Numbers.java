package dev.fovea.benchmarks.compare;

import java.util.Locale;

/** Numbers as tables show them. */
final class Numbers {
  private static final int ENOUGH_DIGITS = 100;
  private static final int HARDLY_ANY = 10;

  private Numbers() {}

  /** Three digits, and more only where they stand before the point: 6498, 25.2, 1.07. */
  static String show(double value) {
    double rounded = Math.abs(value);
    String format = rounded >= ENOUGH_DIGITS - 0.05 ? "%.0f" : rounded >= HARDLY_ANY - 0.005 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Without a point where none is needed: 6, 0.5. */
  static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** A ratio: {@code 3.07x}. */
  static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2fx", ratio);
  }
}
