package dev.fovea.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The folder of the other frameworks' programs, with its command {@code run-peers}. */
final class Harness {
  private final Path folder;
  private final Path command;
  private final Map<String, String> environment;

  /**
   * A harness in this folder.
   *
   * @throws IllegalArgumentException if there is no command {@code run-peers}
   */
  Harness(Path folder, double warmUpSeconds, double seconds, Path lock) {
    this.folder = folder.toAbsolutePath();
    this.command = this.folder.resolve("run-peers");
    if (!Files.isExecutable(command)) {
      throw new IllegalArgumentException("compare: expected a folder with a command run-peers, got " + folder);
    }
    this.environment = Map.of("BENCH_WARM_S", Numbers.plain(warmUpSeconds), "BENCH_TIME_S", Numbers.plain(seconds),
        "BENCH_LOCK", lock.toString(), "JAVA_HOME", System.getProperty("java.home"));
  }

  Path folder() {
    return folder;
  }

  /**
   * Measures these peers and, after them, ours on one workload. The harness builds what is not built yet before it
   * measures it.
   *
   * @param lines takes every line that is printed
   * @throws IOException if the harness fails as a whole
   */
  void measure(String workload, List<String> peers, List<Contender> ours, Consumer<String> lines) throws IOException {
    List<String> words = new ArrayList<>(List.of(command.toString(), "-w", workload));
    for (Contender each : ours) {
      words.addAll(List.of("-a", each.name() + "=" + String.join(" ", each.command())));
    }
    words.addAll(peers);
    int code = run(words, lines);
    if (code != 0) {
      throw new IOException("compare: run-peers ended with " + code + ", called with " + peers + " on " + workload);
    }
  }

  /**
   * Measures ours alone on one workload, which the harness does not know; nobody else measures meanwhile.
   *
   * @return whether it ran to its end
   */
  boolean measureAlone(String workload, Contender ours, Consumer<String> lines) throws IOException {
    List<String> words = new ArrayList<>(List.of("flock", environment.get("BENCH_LOCK")));
    words.addAll(ours.command());
    words.add(workload);
    return run(words, lines) == 0;
  }

  private int run(List<String> words, Consumer<String> lines) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("compare: interrupted", e);
    } finally {
      process.destroy();
    }
  }
}
