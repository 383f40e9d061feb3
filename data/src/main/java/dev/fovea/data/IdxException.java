package dev.fovea.data;

import java.io.IOException;
import java.nio.file.Path;

/** An IDX file that is not what it should be. The message begins with the path and says where in the file. */
public final class IdxException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;

  IdxException(Path path, String problem) {
    super(path + ": " + problem);
    this.path = path;
  }

  IdxException(Path path, String problem, Throwable cause) {
    super(path + ": " + problem, cause);
    this.path = path;
  }

  /** The file. */
  public Path path() {
    return path;
  }
}
