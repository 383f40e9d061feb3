package dev.fovea.optim;

/**
 * Adam: each weight moves by its mean gradient over the root of its mean squared gradient, both running averages that
 * are corrected for having started at 0 (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015).
 *
 * <pre>
 * d = g + weightDecay * w
 * m = beta1 * m + (1 - beta1) * d
 * v = beta2 * v + (1 - beta2) * d^2
 * w = w - rate * m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>With AMSGrad the largest v so far stands in its place (Reddi, Kale and Kumar, "On the convergence of Adam and
 * beyond", ICLR 2018), taken before the correction as in PyTorch. For weight decay that does not pass through the
 * averages see {@link AdamW}.
 *
 * @param schedule the learning rate, at least 0; 0.001 is usual
 * @param beta1 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param beta2 the share of the mean squared gradient that is kept, in [0, 1)
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 * @param amsgrad whether the largest mean squared gradient is used
 */
public record Adam(Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
    implements Optimizer {
  private static final String NAME = "adam";

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adam {
    AdamFormula.check(NAME, schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** Adam at this rate, with betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public static Adam of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** Adam at the rates of this schedule, with betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public static Adam of(Schedule schedule) {
    return new Adam(schedule, AdamFormula.BETA1, AdamFormula.BETA2, AdamFormula.EPSILON, 0, false);
  }

  /** These settings with other averages. */
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  /** These settings with another epsilon. */
  public Adam withEpsilon(double epsilon) {
    return new Adam(schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  /** These settings with another weight decay. */
  public Adam withWeightDecay(double weightDecay) {
    return new Adam(schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }

  /** These settings with AMSGrad. */
  public Adam withAmsgrad() {
    return new Adam(schedule, beta1, beta2, epsilon, weightDecay, true);
  }

  /** The two averages, and with AMSGrad the largest square. */
  @Override
  public int slots() {
    return AdamFormula.slots(amsgrad);
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    AdamFormula.update(beta1, beta2, epsilon, weightDecay, 0, amsgrad, step, rate, from, to, weight, gradient, state);
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return AdamFormula.print("Adam", 0, schedule, beta1, beta2, epsilon, weightDecay, amsgrad);
  }
}
