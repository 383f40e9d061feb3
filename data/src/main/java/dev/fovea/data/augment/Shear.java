package dev.fovea.data.augment;

/**
 * Makes the picture slant about its middle, as upright letters become italic ones.
 *
 * @param horizontally by how much at most a row moves to the side for each row that it is away from the middle, at
 *     least 0; 0.2 makes a slant of 11 degrees
 * @param vertically by how much at most a column moves up or down for each column, at least 0
 */
public record Shear(double horizontally, double vertically) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is below 0
   */
  public Shear {
    Settings.atLeastZero("shear", "horizontally", horizontally);
    Settings.atLeastZero("shear", "vertically", vertically);
  }

  /** Rows alone move, by so much at most for each row. */
  public static Shear of(double horizontally) {
    return new Shear(horizontally, 0);
  }

  /** Rows move by so much at most for each row, then columns for each column. */
  public static Shear of(double horizontally, double vertically) {
    return new Shear(horizontally, vertically);
  }

  @Override
  public void apply(Picture picture) {
    picture.move(1, picture.random().uniform(-horizontally, horizontally), 0, 0, 1, 0);
    picture.move(1, 0, 0, picture.random().uniform(-vertically, vertically), 1, 0);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Shear.of(" + horizontally + (vertically == 0 ? "" : ", " + vertically) + ")";
  }
}
