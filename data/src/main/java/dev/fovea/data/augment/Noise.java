package dev.fovea.data.augment;

import dev.fovea.core.RandomSource;

/**
 * Adds a normal random number to each value, and cuts off what leaves 0..1.
 *
 * <p>The numbers are those of 64 coins thrown at once, whose steps are smoothed away: normal but for an excess of
 * -0.03 (the sum of twelve uniform numbers has -0.1), and without a logarithm for each pixel.
 *
 * @param deviation the standard deviation, at least 0
 */
public record Noise(double deviation) implements Augmentation {
  private static final int COINS = 64;
  /** Of so many coins, and of two uniform numbers from -0.5 to 0.5. */
  private static final double DEVIATION_OF_COINS = Math.sqrt(COINS / 4.0 + 2 / 12.0);

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the deviation is below 0
   */
  public Noise {
    Settings.atLeastZero("noise", "the deviation", deviation);
  }

  /** With this standard deviation; 0.1 is a lot. */
  public static Noise of(double deviation) {
    return new Noise(deviation);
  }

  @Override
  public void apply(Picture picture) {
    if (deviation == 0) {
      return;
    }
    RandomSource random = picture.random();
    float[] pixels = picture.pixels();
    float unit = (float) (deviation / DEVIATION_OF_COINS);
    int end = picture.offset() + picture.size();
    long smooth = 0;
    for (int i = picture.offset(); i < end; i++) {
      // One draw smooths two pixels, 16 bits for each of its uniform numbers.
      smooth = (i - picture.offset() & 1) == 0 ? random.bits() : smooth >>> 32;
      int heads = Long.bitCount(random.bits());
      float between = ((smooth & 0xffff) + (smooth >>> 16 & 0xffff)) * 0x1p-16f - 1;
      pixels[i] = Math.max(0, Math.min(1, pixels[i] + unit * (heads - COINS / 2 + between)));
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Noise.of(" + deviation + ")";
  }
}
