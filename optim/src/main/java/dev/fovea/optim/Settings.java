package dev.fovea.optim;

/** What settings share: checks that say what was expected, and printing as the code that makes them. */
final class Settings {
  private Settings() {}

  static void atLeastZero(String where, String what, double value) {
    if (value < 0) {
      throw new IllegalArgumentException(where + ": " + what + " must be at least 0, got " + value);
    }
    finite(where, what, value);
  }

  static void aboveZero(String where, String what, double value) {
    if (value <= 0) {
      throw new IllegalArgumentException(where + ": " + what + " must be above 0, got " + value);
    }
    finite(where, what, value);
  }

  /** In [0, 1): the share of the past that a running average keeps. */
  static void fraction(String where, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(where + ": " + what + " must be at least 0 and below 1, got " + value);
    }
  }

  static void atLeastOne(String where, String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(where + ": " + what + " must be at least 1, got " + value);
    }
  }

  /** A rate that never changes, checked in the name of the optimizer it was given to. */
  static Schedule constant(String where, double rate) {
    atLeastZero(where, "rate", rate);
    return Schedule.constant(rate);
  }

  static void schedule(String where, Schedule schedule) {
    if (schedule == null) {
      throw new IllegalArgumentException(where + ": schedule must not be null");
    }
  }

  /** {@code Adam.of(0.001)} or {@code Adam.of(Schedule.cosine(0.001, 100, 0.0))}. */
  static StringBuilder print(String type, Schedule schedule) {
    StringBuilder text = new StringBuilder(type).append(".of(");
    return (schedule instanceof Schedule.Constant constant ? text.append(constant.rate()) : text.append(schedule))
        .append(')');
  }

  private static void finite(String where, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(where + ": " + what + " must be finite, got " + value);
    }
  }
}
