package dev.fovea.data.augment;

/**
 * Makes of two samples and their targets x = s x1 + (1 - s) x2 and y = s y1 + (1 - s) y2, the share s being drawn from
 * Beta(alpha, alpha) for each pair (Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: beyond empirical risk minimization",
 * ICLR 2018).
 *
 * @param alpha how strongly samples are mixed, above 0: near 0 one of the two alone is left, at 1 all shares are
 *     equally likely; the paper takes 0.1 to 0.4 for ImageNet and 1 for CIFAR-10
 */
public record MixUp(double alpha) implements Mixing {
  /**
   * These settings.
   *
   * @throws IllegalArgumentException if alpha is not above 0
   */
  public MixUp {
    Settings.aboveZero("mix-up", "alpha", alpha);
  }

  /** With this alpha. */
  public static MixUp of(double alpha) {
    return new MixUp(alpha);
  }

  @Override
  public void apply(Pair pair) {
    float share = (float) Beta.draw(alpha, pair.random());
    pair.blendSamples(share);
    pair.blendTargets(share);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return "MixUp.of(" + alpha + ")";
  }
}
