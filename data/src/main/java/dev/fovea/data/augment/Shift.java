package dev.fovea.data.augment;

/**
 * Moves the picture by parts of pixels too, each way equally likely; {@link Crop} moves by whole pixels.
 *
 * @param horizontally by how many pixels at most, to the left or to the right, at least 0
 * @param vertically by how many pixels at most, up or down, at least 0
 */
public record Shift(double horizontally, double vertically) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is below 0
   */
  public Shift {
    Settings.atLeastZero("shift", "horizontally", horizontally);
    Settings.atLeastZero("shift", "vertically", vertically);
  }

  /** By so many pixels at most along each axis. */
  public static Shift of(double pixels) {
    return new Shift(pixels, pixels);
  }

  /** By so many pixels at most to the sides, and by so many up or down. */
  public static Shift of(double horizontally, double vertically) {
    return new Shift(horizontally, vertically);
  }

  @Override
  public void apply(Picture picture) {
    double right = picture.random().uniform(-horizontally, horizontally);
    double down = picture.random().uniform(-vertically, vertically);
    picture.move(1, 0, -right, 0, 1, -down);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Shift.of(" + horizontally + (vertically == horizontally ? "" : ", " + vertically) + ")";
  }
}
