package dev.fovea.optim;

/**
 * Adamax: {@link Adam} with the largest recent gradient, fading, in the place of the root of the mean square (Kingma
 * and Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 7).
 *
 * <pre>
 * d = g + weightDecay * w
 * m = beta1 * m + (1 - beta1) * d
 * u = max(beta2 * u, |d| + epsilon)
 * w = w - rate / (1 - beta1^t) * m / u
 * </pre>
 *
 * <p>As in PyTorch epsilon is added to the gradient; Keras adds it to u.
 *
 * @param schedule the learning rate, at least 0; 0.002 is usual
 * @param beta1 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param beta2 the share of the largest gradient that is kept, in [0, 1)
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 */
public record Adamax(Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  private static final String NAME = "adamax";

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adamax {
    AdamFormula.check(NAME, schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** Adamax at this rate, with betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public static Adamax of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** Adamax at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static Adamax of(Schedule schedule) {
    return new Adamax(schedule, AdamFormula.BETA1, AdamFormula.BETA2, AdamFormula.EPSILON, 0);
  }

  /** These settings with other averages. */
  public Adamax withBetas(double beta1, double beta2) {
    return new Adamax(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** These settings with another epsilon. */
  public Adamax withEpsilon(double epsilon) {
    return new Adamax(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** These settings with another weight decay. */
  public Adamax withWeightDecay(double weightDecay) {
    return new Adamax(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** The mean and the largest gradient. */
  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float stride = (float) (rate / (1 - StrictMath.pow(beta1, step)));
    float guard = (float) epsilon;
    float decay = (float) weightDecay;
    float[] mean = state[0];
    float[] largest = state[1];
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      float m = keep1 * mean[i] + take1 * d;
      float u = Math.max(keep2 * largest[i], Math.abs(d) + guard);
      mean[i] = m;
      largest[i] = u;
      weight[i] -= stride * m / u;
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return AdamFormula.print("Adamax", 0, schedule, beta1, beta2, epsilon, weightDecay, false);
  }
}
