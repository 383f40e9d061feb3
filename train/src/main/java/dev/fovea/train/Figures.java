package dev.fovea.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How figures are printed for people: the same on every machine, {@code -} where there is none. */
final class Figures {
  private Figures() {}

  /** A loss or an accuracy: four digits behind the point; a loss below 0.001 keeps four digits that say something. */
  static String score(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 1e-3 ? "%.3e" : "%.4f", value);
  }

  /** A share in per cent, cut after one digit, so that 100 means all. */
  static String percent(double share) {
    return Double.isNaN(share) ? "-"
        : share == 1 ? "100" : String.format(Locale.ROOT, "%.1f", StrictMath.floor(share * 1000 + 1e-6) / 10);
  }

  /** A rate of work, or a time in seconds: three digits or more. */
  static String amount(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  /** A learning rate: four digits that matter, without zeros behind them. */
  static String rate(double value) {
    BigDecimal rounded = new BigDecimal(value, new MathContext(4)).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.toPlainString() : rounded.toString();
  }
}
