package dev.fovea.core.kernels.conv.choice;

/**
 * Which algorithms convolutions may run by. {@code -Dfovea.conv=auto|direct|winograd-2x2} sets what plans take unless
 * they are told otherwise.
 */
public enum ConvChoice {
  /**
   * The fastest: Winograd F(4x4, 3x3) where it applies. Values within 1e-5, gradients within 5e-5 of the largest one.
   */
  AUTO("auto"),
  /** Direct sums of products only: for those who compare to the last digits. */
  DIRECT("direct"),
  /** Winograd F(2x2, 3x3) where it applies: some ten times more precise than F(4x4, 3x3), and slower. */
  WINOGRAD_2X2("winograd-2x2");

  /** The system property. */
  public static final String PROPERTY = "fovea.conv";

  private final String word;

  ConvChoice(String word) {
    this.word = word;
  }

  /**
   * What the property asks for; {@link #AUTO} if it is not set.
   *
   * @throws IllegalArgumentException if it is none of these words
   */
  public static ConvChoice configured() {
    return of(System.getProperty(PROPERTY, AUTO.word));
  }

  static ConvChoice of(String word) {
    for (ConvChoice choice : values()) {
      if (choice.word.equals(word)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(PROPERTY + ": expected auto, direct or winograd-2x2, got '" + word + "'");
  }

  @Override
  public String toString() {
    return word;
  }
}
