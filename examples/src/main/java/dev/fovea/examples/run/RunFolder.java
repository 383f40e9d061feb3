package dev.fovea.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a run, and what lies where in it.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
  /** The first folder of this name below another that is not there yet: {@code mnist}, {@code mnist-2} and so on. */
  public static RunFolder unused(Path parent, String name) {
    Path path = parent.resolve(name);
    for (int number = 2; Files.exists(path); number++) {
      path = parent.resolve(name + "-" + number);
    }
    return new RunFolder(path);
  }

  /** The model with the weights of its best epoch. */
  public Path model() {
    return path.resolve("model.json");
  }

  /** What training goes on from. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The figures of each epoch. */
  public Path history() {
    return path.resolve("history.csv");
  }

  /** What was asked for, as {@link RunSettings} reads it, and what it took. */
  public Path settings() {
    return path.resolve("run.json");
  }

  /** The command to do it again, for people. */
  public Path command() {
    return path.resolve("command.txt");
  }

  /** The report. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** The report's charts as pictures. */
  public Path charts() {
    return path.resolve("charts");
  }

  /** Whether a run has begun here. */
  public boolean isBegun() {
    return Files.exists(settings());
  }

  /**
   * Makes the folder.
   *
   * @throws IOException if that is not possible, or something else stands there
   */
  public void create() throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException(path + ": expected a folder for the run, got a file");
    }
    Files.createDirectories(path);
  }
}
