package dev.fovea.data.augment;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;

/**
 * Puts a rectangle of one picture in its place in the other, and mixes the targets by the areas (Yun, Han, Oh, Chun,
 * Choe and Yoo, "CutMix: regularization strategy to train strong classifiers with localizable features", ICCV 2019).
 * The rectangle has the picture's proportions and 1 - s of its area, s being drawn from Beta(alpha, alpha) for each
 * pair; its middle may be any pixel, and what lies outside is cut off before the areas are measured.
 *
 * @param alpha above 0; 1, in the paper, makes all areas equally likely
 */
public record CutMix(double alpha) implements Mixing {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if alpha is not above 0
   */
  public CutMix {
    Settings.aboveZero("cut-mix", "alpha", alpha);
  }

  /** With this alpha. */
  public static CutMix of(double alpha) {
    return new CutMix(alpha);
  }

  @Override
  public void requireFits(Shape sample) {
    if (sample.rank() != 3) {
      throw new ShapeException("cut-mix: expected pictures [C, H, W], got samples of shape " + sample);
    }
  }

  @Override
  public void apply(Pair pair) {
    Shape sample = pair.sample();
    int height = sample.dim(1);
    int width = sample.dim(2);
    double side = Math.sqrt(1 - Beta.draw(alpha, pair.random()));
    int cutWidth = (int) (width * side);
    int cutHeight = (int) (height * side);
    int x = pair.random().below(width) - cutWidth / 2;
    int y = pair.random().below(height) - cutHeight / 2;
    int left = Math.max(0, x);
    int top = Math.max(0, y);
    int shownWidth = Math.min(width, x + cutWidth) - left;
    int shownHeight = Math.min(height, y + cutHeight) - top;
    pair.swap(left, top, shownWidth, shownHeight);
    pair.blendTargets(1 - (float) (shownWidth * shownHeight) / (width * height));
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "CutMix.of(" + alpha + ")";
  }
}
