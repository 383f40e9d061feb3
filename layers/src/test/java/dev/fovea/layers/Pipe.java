package dev.fovea.layers;

import java.io.IOException;
import java.nio.file.Path;

/** Named pipes, for tests. */
final class Pipe {
  private Pipe() {}

  /** Whether there is one now: not every system can. */
  static boolean make(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
