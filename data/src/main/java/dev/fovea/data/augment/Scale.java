package dev.fovea.data.augment;

/**
 * Makes what the picture shows larger or smaller about its middle; the frame stays.
 *
 * @param from the smallest factor, above 0
 * @param to the largest factor, at least {@code from}
 * @param stretches whether width and height get factors of their own
 */
public record Scale(double from, double to, boolean stretches) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the factors are not above 0 or not in order
   */
  public Scale {
    Settings.aboveZero("scale", "the smallest factor", from);
    Settings.aboveZero("scale", "the largest factor", to);
    if (to < from) {
      throw new IllegalArgumentException(
          "scale: the largest factor must be at least the smallest, got " + from + " to " + to);
    }
  }

  /** By such a share at most: 0.1 stands for factors from 0.9 to 1.1. */
  public static Scale of(double share) {
    return new Scale(1 - share, 1 + share, false);
  }

  /** By factors between these. */
  public static Scale of(double from, double to) {
    return new Scale(from, to, false);
  }

  /** These settings with a factor for the width and another for the height. */
  public Scale stretching() {
    return new Scale(from, to, true);
  }

  @Override
  public void apply(Picture picture) {
    double width = picture.random().uniform(from, to);
    double height = stretches ? picture.random().uniform(from, to) : width;
    picture.move(1 / width, 0, 0, 0, 1 / height, 0);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Scale.of(" + from + ", " + to + ")" + (stretches ? ".stretching()" : "");
  }
}
