package dev.fovea.benchmarks.compare;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be measured of a workload.
 *
 * @param kind what sort of figure it is
 * @param batch the batch size; 0 for memory, which is that of the whole process
 */
record Metric(Kind kind, int batch) implements Comparable<Metric> {
  /** Sorts of figures, in the order of the tables. */
  enum Kind { TRAINING, INFERENCE, LATENCY, MEMORY }

  static final Metric MEMORY = new Metric(Kind.MEMORY, 0);
  private static final Pattern RATE = Pattern.compile("(train|infer)_b(\\d{1,9})_ips");

  /** The metric of this name; empty for what no table shows, such as the last loss. */
  static Optional<Metric> parse(String name) {
    if (name.equals("infer_b1_us")) {
      return Optional.of(new Metric(Kind.LATENCY, 1));
    }
    if (name.equals("peak_rss_mb")) {
      return Optional.of(MEMORY);
    }
    Matcher rate = RATE.matcher(name);
    return rate.matches()
        ? Optional.of(new Metric(rate.group(1).equals("train") ? Kind.TRAINING : Kind.INFERENCE,
            Integer.parseInt(rate.group(2))))
        : Optional.empty();
  }

  boolean moreIsBetter() {
    return kind == Kind.TRAINING || kind == Kind.INFERENCE;
  }

  /** How many times as fast the first is as the second; of memory, how many times as much it takes. */
  double ratio(double first, double second) {
    return kind == Kind.LATENCY ? second / first : first / second;
  }

  /** What it is, with its unit. */
  String label() {
    return switch (kind) {
      case TRAINING -> "training, batch " + batch + ", images/s";
      case INFERENCE -> "inference, batch " + batch + ", images/s";
      case LATENCY -> "inference of one image, µs";
      case MEMORY -> "peak resident set, MiB";
    };
  }

  @Override
  public int compareTo(Metric other) {
    return Comparator.comparing(Metric::kind).thenComparing(Metric::batch).compare(this, other);
  }
}
