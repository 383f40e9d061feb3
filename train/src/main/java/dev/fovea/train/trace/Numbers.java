package dev.fovea.train.trace;

import java.util.Locale;

/** Numbers in print. */
final class Numbers {
  private static final double SMALLEST = 0.00005;
  private static final double LARGEST = 1e7;
  private static final double DECIMALS = 1e4;

  private Numbers() {}

  /** Four decimals; what these would show as nothing, or as more than fits, in powers of ten. */
  static String text(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0.0000";
    }
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    return size < SMALLEST || size >= LARGEST
        ? String.format(Locale.ROOT, "%.1e", value).replaceFirst("e([+-])0", "e$1")
        : String.format(Locale.ROOT, "%.4f", value);
  }

  /** As exact as {@link #text} shows it. */
  static double rounded(double value) {
    double size = Math.abs(value);
    return size == 0 ? 0 : size < SMALLEST || size >= LARGEST || Double.isNaN(value)
        ? Double.parseDouble(text(value)) : Math.rint(value * DECIMALS) / DECIMALS;
  }

  /** A count with its thousands apart. */
  static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
