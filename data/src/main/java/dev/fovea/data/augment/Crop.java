package dev.fovea.data.augment;

/**
 * Pads the picture on all sides and cuts a piece of its old size out of that, each equally likely: as is usual for
 * CIFAR-10 (with a padding of 4) since He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2015.
 * What the padding shows is the {@link Border}.
 *
 * @param padding how many pixels are added on each side, at least 0
 */
public record Crop(int padding) implements Augmentation {
  private static final int MOST = 1_000_000;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the padding is below 0 or above 1,000,000
   */
  public Crop {
    if (padding < 0 || padding > MOST) {
      throw new IllegalArgumentException("crop: the padding must be from 0 to " + MOST + ", got " + padding);
    }
  }

  /** With so many pixels on each side. */
  public static Crop of(int padding) {
    return new Crop(padding);
  }

  @Override
  public void apply(Picture picture) {
    int right = picture.random().below(2 * padding + 1) - padding;
    int down = picture.random().below(2 * padding + 1) - padding;
    picture.move(1, 0, right, 0, 1, down);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Crop.of(" + padding + ")";
  }
}
