package dev.fovea.optim;

/**
 * Lion: every weight moves by the same amount, the rate, in the direction of a mean gradient; one array is kept for
 * each parameter, half of what {@link Adam} keeps (Chen, Liang, Huang, Real, Wang, Liu, Pham, Dong, Luong, Hsieh, Lu
 * and Le, "Symbolic discovery of optimization algorithms", NeurIPS 2023).
 *
 * <pre>
 * c = beta1 * m + (1 - beta1) * g
 * w = w - rate * (sign(c) + weightDecay * w)
 * m = beta2 * m + (1 - beta2) * g
 * </pre>
 *
 * <p>The sign of 0 is 0. The paper's advice: a rate 3 to 10 times lower than Adam's, and a weight decay as many times
 * higher than {@link AdamW}'s.
 *
 * @param schedule the learning rate, at least 0; 0.0001 is usual
 * @param beta1 the share of the past in the direction, in [0, 1)
 * @param beta2 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param weightDecay what a weight loses, in shares of the rate (decoupled, as in {@link AdamW}), at least 0
 */
public record Lion(Schedule schedule, double beta1, double beta2, double weightDecay) implements Optimizer {
  private static final String NAME = "lion";
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Lion {
    Settings.schedule(NAME, schedule);
    Settings.fraction(NAME, "beta1", beta1);
    Settings.fraction(NAME, "beta2", beta2);
    Settings.atLeastZero(NAME, "weightDecay", weightDecay);
  }

  /** Lion at this rate, with betas 0.9 and 0.99, no weight decay. */
  public static Lion of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** Lion at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static Lion of(Schedule schedule) {
    return new Lion(schedule, BETA1, BETA2, 0);
  }

  /** These settings with other averages. */
  public Lion withBetas(double beta1, double beta2) {
    return new Lion(schedule, beta1, beta2, weightDecay);
  }

  /** These settings with another weight decay. */
  public Lion withWeightDecay(double weightDecay) {
    return new Lion(schedule, beta1, beta2, weightDecay);
  }

  /** The mean gradient. */
  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float r = (float) rate;
    float lose = (float) (rate * weightDecay);
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float[] mean = state[0];
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      float m = mean[i];
      mean[i] = keep2 * m + take2 * g;
      weight[i] -= lose * weight[i] + r * Math.signum(keep1 * m + take1 * g);
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    StringBuilder text = Settings.print("Lion", schedule);
    if (beta1 != BETA1 || beta2 != BETA2) {
      text.append(".withBetas(").append(beta1).append(", ").append(beta2).append(')');
    }
    if (weightDecay != 0) {
      text.append(".withWeightDecay(").append(weightDecay).append(')');
    }
    return text.toString();
  }
}
