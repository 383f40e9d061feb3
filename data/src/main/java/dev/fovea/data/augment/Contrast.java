package dev.fovea.data.augment;

/**
 * Makes differences of brightness larger or smaller: (x - mean) * factor + mean, with the mean of each channel and one
 * factor for all, as in Keras; cuts off what leaves 0..1.
 *
 * @param by how far the factor is from 1 at most, from 0 to 1
 */
public record Contrast(double by) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if that is not from 0 to 1
   */
  public Contrast {
    if (!(by >= 0 && by <= 1)) {
      throw new IllegalArgumentException("contrast: the largest change must be from 0 to 1, got " + by);
    }
  }

  /** By factors from {@code 1 - by} to {@code 1 + by}. */
  public static Contrast of(double by) {
    return new Contrast(by);
  }

  @Override
  public void apply(Picture picture) {
    float factor = (float) picture.random().uniform(1 - by, 1 + by);
    if (factor == 1) {
      return;
    }
    float[] pixels = picture.pixels();
    int plane = picture.height() * picture.width();
    for (int channel = 0; channel < picture.channels(); channel++) {
      int from = picture.offset() + channel * plane;
      double sum = 0;
      for (int i = from; i < from + plane; i++) {
        sum += pixels[i];
      }
      float mean = (float) (sum / plane);
      for (int i = from; i < from + plane; i++) {
        pixels[i] = Math.max(0, Math.min(1, (pixels[i] - mean) * factor + mean));
      }
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Contrast.of(" + by + ")";
  }
}
