package dev.fovea.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says in words what differs between the settings of two trainings. */
final class Differences {
  private Differences() {}

  /** What differs, in the order of the settings; a setting that only one has counts as not there in the other. */
  static List<String> between(Map<String, String> expected, Map<String, String> actual) {
    List<String> differences = new ArrayList<>();
    actual.forEach((name, value) -> {
      String was = expected.get(name);
      if (was == null) {
        differences.add(name + " " + value + ", which it did not have");
      } else if (!was.equals(value)) {
        differences.add(name + " " + value + " instead of " + was);
      }
    });
    expected.forEach((name, value) -> {
      if (!actual.containsKey(name)) {
        differences.add("no " + name + ", which was " + value);
      }
    });
    return differences;
  }
}
