package dev.fovea.layers;

import java.io.IOException;

/**
 * A model file that is not what it should be. The message says which file, where in it, what was expected and what
 * came.
 */
public class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** An error with a message of the form {@code file, line and column: what was expected, got what came}. */
  public ModelFormatException(String message) {
    super(message);
  }

  /** The same with what it was told by. */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
