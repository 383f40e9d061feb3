package dev.fovea.data.augment;

import java.util.Arrays;

/**
 * Covers a square of the picture, in all channels. Its middle may be any pixel, so at the edges a part of the square
 * lies outside (DeVries and Taylor, "Improved regularization of convolutional neural networks with cutout", 2017).
 *
 * @param side the square's side in pixels, at least 1
 * @param count how many squares there are, at least 1
 * @param value what they are filled with
 */
public record Cutout(int side, int count, double value) implements Augmentation {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if side or count are below 1
   */
  public Cutout {
    if (side < 1) {
      throw new IllegalArgumentException("cutout: the side must be at least 1, got " + side);
    }
    if (count < 1) {
      throw new IllegalArgumentException("cutout: the count must be at least 1, got " + count);
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("cutout: the value must be a finite number, got " + value);
    }
  }

  /** One square of this side, filled with 0. */
  public static Cutout of(int side) {
    return new Cutout(side, 1, 0);
  }

  /** These settings with several squares, which may overlap. */
  public Cutout withCount(int count) {
    return new Cutout(side, count, value);
  }

  /** These settings with squares of another value. */
  public Cutout withValue(double value) {
    return new Cutout(side, count, value);
  }

  @Override
  public void apply(Picture picture) {
    float[] pixels = picture.pixels();
    for (int square = 0; square < count; square++) {
      int x = picture.random().below(picture.width()) - side / 2;
      int y = picture.random().below(picture.height()) - side / 2;
      int left = Math.max(0, x);
      int right = (int) Math.min(picture.width(), (long) x + side);
      int top = Math.max(0, y);
      int bottom = (int) Math.min(picture.height(), (long) y + side);
      for (int channel = 0; channel < picture.channels(); channel++) {
        for (int row = top; row < bottom; row++) {
          int from = picture.offset() + (channel * picture.height() + row) * picture.width();
          Arrays.fill(pixels, from + left, from + right, (float) value);
        }
      }
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "Cutout.of(" + side + ")" + (count == 1 ? "" : ".withCount(" + count + ")")
        + (value == 0 ? "" : ".withValue(" + value + ")");
  }
}
