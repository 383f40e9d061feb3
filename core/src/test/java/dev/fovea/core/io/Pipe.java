package dev.fovea.core.io;

import java.io.IOException;
import java.nio.file.Path;

/** Named pipes, for tests. */
public final class Pipe {
  private Pipe() {}

  /** Whether there is one now: not every system can. */
  public static boolean make(Path pipe) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
