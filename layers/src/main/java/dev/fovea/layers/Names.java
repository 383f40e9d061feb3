package dev.fovea.layers;

import java.util.Collection;
import java.util.Locale;

/** Names in snake case, and what someone may have meant by a name that is not there. */
final class Names {
  private static final int FARTHEST = 3;

  private Names() {}

  /** {@code MaxPooling2D} as {@code max_pooling2d}, {@code useBias} as {@code use_bias}; the rule is Keras'. */
  static String snake(String camel) {
    return camel.replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** The first of {@code conv2d}, {@code conv2d_1}, {@code conv2d_2} ... that is not taken. */
  static String next(Collection<String> taken, String base) {
    String name = base;
    for (int i = 1; taken.contains(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** {@code ; did you mean conv2d?}, or nothing if no known name is near. */
  static String hint(String name, Collection<String> known) {
    String best = null;
    int least = Math.min(FARTHEST, name.length() / 2) + 1;
    for (String candidate : known) {
      int distance = distance(name, candidate);
      boolean sameLength = best != null && distance == least && candidate.length() == name.length();
      if (distance < least || sameLength) {
        least = distance;
        best = candidate;
      }
    }
    return best == null ? "" : "; did you mean " + best + "?";
  }

  /** How many letters must be inserted, removed or replaced to make one of the other (Levenshtein 1966). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
