package dev.fovea.train;

import java.io.IOException;
import java.nio.file.Path;

/** A checkpoint that is not whole and sound. The message begins with the path. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  CheckpointException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
