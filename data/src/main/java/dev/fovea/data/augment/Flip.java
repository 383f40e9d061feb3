package dev.fovea.data.augment;

/**
 * Shows some of the pictures as in a mirror.
 *
 * @param horizontal whether left and right change places, otherwise top and bottom
 * @param probability how likely a picture is changed, from 0 to 1
 */
public record Flip(boolean horizontal, double probability) implements Augmentation {
  private static final double HALF = 0.5;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the probability is not from 0 to 1
   */
  public Flip {
    Settings.probability("flip", probability);
  }

  /** Left and right change places in every second picture. */
  public static Flip horizontally() {
    return new Flip(true, HALF);
  }

  /** Top and bottom change places in every second picture. */
  public static Flip vertically() {
    return new Flip(false, HALF);
  }

  /** These settings with another probability. */
  public Flip withProbability(double probability) {
    return new Flip(horizontal, probability);
  }

  @Override
  public void apply(Picture picture) {
    if (picture.random().uniform() < probability) {
      picture.move(horizontal ? -1 : 1, 0, 0, 0, horizontal ? 1 : -1, 0);
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Flip." + (horizontal ? "horizontally" : "vertically") + "()"
        + (probability == HALF ? "" : ".withProbability(" + probability + ")");
  }
}
