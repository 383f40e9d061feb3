package dev.fovea.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of the test class path in a JVM of its own: for what is fixed when a JVM starts. */
public final class ChildJvm {
  private final List<String> flags = new ArrayList<>();

  private ChildJvm() {}

  /** A JVM with these flags. */
  public static ChildJvm with(String... flags) {
    return new ChildJvm().and(flags);
  }

  /** The same with more flags. */
  public ChildJvm and(String... more) {
    flags.addAll(List.of(more));
    return this;
  }

  /** Runs the class's {@code main} and waits for its end. */
  public Result run(Class<?> program, String... args) {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(args));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + program.getSimpleName(), e);
    }
  }

  /**
   * What became of it.
   *
   * @param exit the exit status
   * @param output standard output and standard error, as they came
   */
  public record Result(int exit, String output) {
    /** The last line that was printed. */
    public String lastLine() {
      List<String> lines = output.strip().lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }
}
