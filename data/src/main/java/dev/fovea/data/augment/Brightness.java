package dev.fovea.data.augment;

/**
 * Makes the whole picture lighter or darker: adds one number to all its values, and cuts off what leaves 0..1.
 *
 * @param by the largest number that is added or taken away, at least 0
 */
public record Brightness(double by) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if that is below 0
   */
  public Brightness {
    Settings.atLeastZero("brightness", "the largest change", by);
  }

  /** By so much at most; 0.2 is a lot. */
  public static Brightness of(double by) {
    return new Brightness(by);
  }

  @Override
  public void apply(Picture picture) {
    float change = (float) picture.random().uniform(-by, by);
    if (change == 0) {
      return;
    }
    float[] pixels = picture.pixels();
    int end = picture.offset() + picture.size();
    for (int i = picture.offset(); i < end; i++) {
      pixels[i] = Math.max(0, Math.min(1, pixels[i] + change));
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Brightness.of(" + by + ")";
  }
}
