package dev.fovea.optim;

/**
 * RAdam: {@link Adam} that goes by the mean gradient alone until there have been enough steps for the mean squared
 * gradient to say something, and then trusts it as much as its variance allows: a warm-up that needs no setting (Liu,
 * Jiang, He, Chen, Liu, Gao and Han, "On the variance of the adaptive learning rate and beyond", ICLR 2020).
 *
 * <pre>
 * d = g + weightDecay * w
 * m = beta1 * m + (1 - beta1) * d
 * v = beta2 * v + (1 - beta2) * d^2
 * rho = limit - 2 * t * beta2^t / (1 - beta2^t)             limit = 2 / (1 - beta2) - 1
 * r = sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho))
 * w = w - rate * r * m / (1 - beta1^t) * sqrt(1 - beta2^t) / (sqrt(v) + epsilon)   where rho is above 5
 * w = w - rate * m / (1 - beta1^t)                                                 elsewhere
 * </pre>
 *
 * <p>The convention is PyTorch's: steps are adaptive above 5 (the paper says 4), and epsilon is added to the root
 * before it is corrected.
 *
 * @param schedule the learning rate, at least 0; 0.001 is usual
 * @param beta1 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param beta2 the share of the mean squared gradient that is kept, in [0, 1); up to 2/3 no step is ever adaptive
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 */
public record RAdam(Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  private static final String NAME = "radam";
  /** How many independent steps the mean square must be worth. */
  private static final double ENOUGH = 5;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RAdam {
    AdamFormula.check(NAME, schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** RAdam at this rate, with betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
  public static RAdam of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** RAdam at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static RAdam of(Schedule schedule) {
    return new RAdam(schedule, AdamFormula.BETA1, AdamFormula.BETA2, AdamFormula.EPSILON, 0);
  }

  /** These settings with other averages. */
  public RAdam withBetas(double beta1, double beta2) {
    return new RAdam(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** These settings with another epsilon. */
  public RAdam withEpsilon(double epsilon) {
    return new RAdam(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** These settings with another weight decay. */
  public RAdam withWeightDecay(double weightDecay) {
    return new RAdam(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** The two averages. */
  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float[] mean = state[0];
    float[] square = state[1];
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float decay = (float) weightDecay;
    double stride = rate / (1 - StrictMath.pow(beta1, step));
    double kept2 = StrictMath.pow(beta2, step);
    double limit = 2 / (1 - beta2) - 1;
    double rho = limit - 2 * step * kept2 / (1 - kept2);
    if (rho > ENOUGH) {
      double trust = Math.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho));
      float adaptive = (float) (stride * trust * Math.sqrt(1 - kept2));
      float guard = (float) epsilon;
      for (int i = from; i < to; i++) {
        float d = gradient[i] + decay * weight[i];
        float m = keep1 * mean[i] + take1 * d;
        float v = keep2 * square[i] + take2 * d * d;
        mean[i] = m;
        square[i] = v;
        weight[i] -= adaptive * m / ((float) Math.sqrt(v) + guard);
      }
    } else {
      float plain = (float) stride;
      for (int i = from; i < to; i++) {
        float d = gradient[i] + decay * weight[i];
        float m = keep1 * mean[i] + take1 * d;
        mean[i] = m;
        square[i] = keep2 * square[i] + take2 * d * d;
        weight[i] -= plain * m;
      }
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return AdamFormula.print("RAdam", 0, schedule, beta1, beta2, epsilon, weightDecay, false);
  }
}
