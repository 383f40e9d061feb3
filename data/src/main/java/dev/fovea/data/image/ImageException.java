package dev.fovea.data.image;

import java.io.IOException;
import java.nio.file.Path;

/** A picture, a folder of them or a list of them that is not what it should be. The message begins with its path. */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final String problem;

  ImageException(Path path, String problem) {
    super(path + ": " + problem);
    this.path = path;
    this.problem = problem;
  }

  ImageException(Path path, String problem, Throwable cause) {
    super(path + ": " + problem, cause);
    this.path = path;
    this.problem = problem;
  }

  /** The file or folder. */
  public Path path() {
    return path;
  }

  /** What is wrong with it: the message without the path. */
  public String problem() {
    return problem;
  }
}
