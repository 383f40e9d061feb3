package dev.fovea.data.augment;

/**
 * Bends the picture as if it were printed on rubber (Simard, Steinkraus and Platt, "Best practices for convolutional
 * neural networks applied to visual document analysis", 2003): each pixel is moved by a random vector, uniform from -1
 * to 1 along both axes, the vectors being smoothed over the picture by a Gaussian whose weights sum to 1 and then
 * multiplied by the strength.
 *
 * <p>A pixel moves by about {@code 0.16 * strength / smoothness} along each axis; the paper's values for digits of
 * 28x28, strength 34 and smoothness 4, move it by 1.4 pixels.
 *
 * @param strength the factor, at least 0
 * @param smoothness the Gaussian's standard deviation in pixels, above 0
 */
public record Elastic(double strength, double smoothness) implements Augmentation {
  /** A Gaussian that is wider than this takes longer than anything else in training. */
  private static final int WIDEST = 100;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if the strength is below 0, or the smoothness is not above 0 or above 100
   */
  public Elastic {
    Settings.atLeastZero("elastic", "the strength", strength);
    if (!(smoothness > 0 && smoothness <= WIDEST)) {
      throw new IllegalArgumentException(
          "elastic: the smoothness must be above 0 and at most " + WIDEST + ", got " + smoothness);
    }
  }

  /** With this strength and smoothness; 34 and 4 for digits of 28x28. */
  public static Elastic of(double strength, double smoothness) {
    return new Elastic(strength, smoothness);
  }

  @Override
  public void apply(Picture picture) {
    if (strength > 0) {
      picture.bend((float) strength, smoothness);
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Elastic.of(" + strength + ", " + smoothness + ")";
  }
}
