package dev.fovea.optim;

/**
 * {@link Adam} with decoupled weight decay: weights shrink by rate * weightDecay at each step, whatever their gradients
 * (Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019).
 *
 * <pre>
 * m = beta1 * m + (1 - beta1) * g
 * v = beta2 * v + (1 - beta2) * g^2
 * w = (1 - rate * weightDecay) * w - rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * @param schedule the learning rate, at least 0; 0.001 is usual
 * @param beta1 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param beta2 the share of the mean squared gradient that is kept, in [0, 1)
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param weightDecay the share of a weight that is lost for each unit of the rate, at least 0
 * @param amsgrad whether the largest mean squared gradient so far is used
 */
public record AdamW(Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
    implements Optimizer {
  private static final String NAME = "adamw";
  private static final double DECAY = 0.01;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public AdamW {
    AdamFormula.check(NAME, schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** AdamW at this rate, with betas 0.9 and 0.999, epsilon 1e-8, weight decay 0.01. */
  public static AdamW of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** AdamW at the rates of this schedule, with betas 0.9 and 0.999, epsilon 1e-8, weight decay 0.01. */
  public static AdamW of(Schedule schedule) {
    return new AdamW(schedule, AdamFormula.BETA1, AdamFormula.BETA2, AdamFormula.EPSILON, DECAY, false);
  }

  /** These settings with other averages. */
  public AdamW withBetas(double beta1, double beta2) {
    return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  /** These settings with another epsilon. */
  public AdamW withEpsilon(double epsilon) {
    return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  /** These settings with another weight decay. */
  public AdamW withWeightDecay(double weightDecay) {
    return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  /** These settings with AMSGrad. */
  public AdamW withAmsgrad() {
    return new AdamW(schedule, beta1, beta2, epsilon, weightDecay, true);
  }

  /** The two averages, and with AMSGrad the largest square. */
  @Override
  public int slots() {
    return AdamFormula.slots(amsgrad);
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    AdamFormula.update(beta1, beta2, epsilon, 0, rate * weightDecay, amsgrad, step, rate, from, to, weight, gradient,
        state);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return AdamFormula.print("AdamW", DECAY, schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }
}
