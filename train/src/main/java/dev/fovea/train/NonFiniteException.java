package dev.fovea.train;

/**
 * Training came upon NaN or an infinite value and stopped. The model holds weights and running statistics that are
 * finite and were last known to give a finite loss; the message says which step it was, where the first such value
 * rose, and what helps.
 */
public final class NonFiniteException extends ArithmeticException {
  /** What {@link #layer()} says where the batch itself held the value. */
  static final String INPUT = "the input";

  private static final long serialVersionUID = 1;

  private final long step;
  private final String layer;

  NonFiniteException(long step, String layer, String message) {
    super(message);
    this.step = step;
    this.layer = layer;
  }

  /** The step that failed, counted from 1. */
  public long step() {
    return step;
  }

  /**
   * Where the first value rose that is no finite number: the name of a layer, {@code "the input"} or {@code "the
   * loss"}; or the name of the parameter that an update made so.
   */
  public String layer() {
    return layer;
  }
}
