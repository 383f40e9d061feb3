package dev.fovea.data.augment;

/**
 * Turns the picture about its middle, either way.
 *
 * @param degrees by how much at most, at least 0
 */
public record Rotate(double degrees) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the angle is below 0
   */
  public Rotate {
    Settings.atLeastZero("rotate", "degrees", degrees);
  }

  /** By so many degrees at most, with the clock or against it. */
  public static Rotate of(double degrees) {
    return new Rotate(degrees);
  }

  @Override
  public void apply(Picture picture) {
    double angle = StrictMath.toRadians(picture.random().uniform(-degrees, degrees));
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    picture.move(cosine, -sine, 0, sine, cosine, 0);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Rotate.of(" + degrees + ")";
  }
}
