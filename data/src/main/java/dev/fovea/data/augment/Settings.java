package dev.fovea.data.augment;

/** Checks that settings make. */
final class Settings {
  private Settings() {}

  static void atLeastZero(String where, String what, double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(where + ": " + what + " must be at least 0, got " + value);
    }
  }

  static void aboveZero(String where, String what, double value) {
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(where + ": " + what + " must be above 0, got " + value);
    }
  }

  static void probability(String where, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(where + ": the probability must be from 0 to 1, got " + probability);
    }
  }
}
