package dev.fovea.data;

import java.io.UncheckedIOException;

/** Of the problems that reading threads have, the one that comes first in the epoch. Who has it sees to the lock. */
final class FirstProblem {
  private String what;
  private Throwable why;
  private int place = Integer.MAX_VALUE;

  /** A problem at this place of the epoch. */
  void report(String what, Throwable why, int place) {
    if (place < this.place) {
      this.what = what;
      this.why = why;
      this.place = place;
    }
  }

  boolean isThere() {
    return why != null;
  }

  /** Throws it if it is there. */
  void raise() {
    if (why != null) {
      String reason = why instanceof UncheckedIOException ? why.getMessage() : why.toString();
      throw new IllegalStateException("batches: " + what + ": " + reason, why);
    }
  }
}
