package dev.fovea.benchmarks.compare;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One measurement as it is printed: {@code tf-java keras-mnist train_b32_ips 5421.3}.
 *
 * @param who whose it is
 * @param workload on which network
 * @param metric what was measured
 * @param value how much it was
 */
record RawLine(String who, String workload, String metric, double value) {
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) (\\w+) ([-+]?[\\d.]+(?:[eE][-+]?\\d+)?)");

  /** What this line says; empty for any other line. */
  static Optional<RawLine> parse(String text) {
    Matcher line = LINE.matcher(text.strip());
    if (!line.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RawLine(line.group(1), line.group(2), line.group(3), Double.parseDouble(line.group(4))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
