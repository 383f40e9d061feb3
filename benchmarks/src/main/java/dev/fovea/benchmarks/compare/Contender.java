package dev.fovea.benchmarks.compare;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * This project's program under one set of JVM flags.
 *
 * @param name what the report calls it
 * @param flags the flags
 */
record Contender(String name, List<String> flags) {
  /** Two threads, as the other frameworks have; and one. */
  static final List<Contender> USUAL =
      List.of(parse("fovea=-Dfovea.threads=2"), parse("fovea-1t=-Dfovea.threads=1"));

  /**
   * Reads {@code NAME=FLAG FLAG ...}.
   *
   * @throws IllegalArgumentException if that is no name and an equals sign
   */
  static Contender parse(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? "" : text.substring(0, equals);
    if (!name.matches("[\\w.+-]+")) {
      throw new IllegalArgumentException("--ours: expected NAME=FLAGS such as fovea-1t=-Dfovea.threads=1, got " + text);
    }
    String flags = text.substring(equals + 1).strip();
    return new Contender(name, flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")));
  }

  /**
   * The words that start it, on the JVM and the class path that this program itself runs with; the name of a workload
   * comes behind them. A peer harness takes them as one line and splits it at spaces.
   *
   * @throws IllegalArgumentException if one of the words holds a space
   */
  List<String> command() {
    List<String> words = new ArrayList<>(List.of(
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
        "--add-modules", "jdk.incubator.vector", "-Dpeer.name=" + name));
    words.addAll(flags);
    words.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), "dev.fovea.benchmarks.WorkloadRun"));
    for (String word : words) {
      if (word.matches(".*\\s.*")) {
        throw new IllegalArgumentException("compare: expected a command without spaces inside its words, got '" + word
            + "'; put the project or the JDK where the path has none");
      }
    }
    return words;
  }

  /** The harness runs in its own folder. */
  private static String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      entries.add(new File(entry).getAbsolutePath());
    }
    return String.join(File.pathSeparator, entries);
  }
}
