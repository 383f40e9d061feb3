package dev.fovea.core;

/** Shapes that do not fit each other. The message says where, what was expected and what came. */
public class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** An error with a message of the form {@code where: what was expected, got what came}. */
  public ShapeException(String message) {
    super(message);
  }

  /** The same error told again by someone who knows more, such as the layer it happened in. */
  public ShapeException(String message, ShapeException cause) {
    super(message, cause);
  }
}
