package dev.fovea.optim;

/**
 * NAdam: {@link Adam} with Nesterov's look ahead, its momentum rising from step to step (Dozat, "Incorporating Nesterov
 * momentum into Adam", ICLR 2016 workshop).
 *
 * <pre>
 * mu(t) = beta1 * (1 - 0.96^(t * momentumDecay) / 2)        p(t) = mu(1) * ... * mu(t)
 * d = g + weightDecay * w
 * m = beta1 * m + (1 - beta1) * d
 * v = beta2 * v + (1 - beta2) * d^2
 * s = (1 - mu(t)) / (1 - p(t)) * d + mu(t + 1) / (1 - mu(t) * p(t + 1)) * m
 * w = w - rate * s / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>These are the figures of PyTorch up to 1.13, where mu(t) stands twice in the last product. The paper and PyTorch
 * from 2.0 on have p(t + 1) there: {@link #withExactProduct()}. Only the first ten steps or so differ, by a few percent
 * of m's share. Keras' is the exact one with a momentum decay of 1.
 *
 * @param schedule the learning rate, at least 0; 0.002 is usual
 * @param beta1 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param beta2 the share of the mean squared gradient that is kept, in [0, 1)
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param momentumDecay how fast the momentum rises from near a half of beta1 to beta1, at least 0
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 * @param exactProduct whether p(t + 1) stands in the place of mu(t) * p(t + 1)
 */
public record NAdam(Schedule schedule, double beta1, double beta2, double epsilon, double momentumDecay,
    double weightDecay, boolean exactProduct) implements Optimizer {
  private static final String NAME = "nadam";
  private static final double MOMENTUM_DECAY = 0.004;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public NAdam {
    AdamFormula.check(NAME, schedule, beta1, beta2, epsilon, weightDecay);
    Settings.atLeastZero(NAME, "momentumDecay", momentumDecay);
  }

  /** NAdam at this rate, with betas 0.9 and 0.999, epsilon 1e-8, momentum decay 0.004, no weight decay. */
  public static NAdam of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** NAdam at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static NAdam of(Schedule schedule) {
    return new NAdam(schedule, AdamFormula.BETA1, AdamFormula.BETA2, AdamFormula.EPSILON, MOMENTUM_DECAY, 0,
        false);
  }

  /** These settings with other averages. */
  public NAdam withBetas(double beta1, double beta2) {
    return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay, weightDecay, exactProduct);
  }

  /** These settings with another epsilon. */
  public NAdam withEpsilon(double epsilon) {
    return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay, weightDecay, exactProduct);
  }

  /** These settings with a momentum that rises otherwise; at 0 it stays at a half of beta1. */
  public NAdam withMomentumDecay(double momentumDecay) {
    return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay, weightDecay, exactProduct);
  }

  /** These settings with another weight decay. */
  public NAdam withWeightDecay(double weightDecay) {
    return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay, weightDecay, exactProduct);
  }

  /** These settings as the paper, PyTorch from 2.0 on and Keras have it. */
  public NAdam withExactProduct() {
    return new NAdam(schedule, beta1, beta2, epsilon, momentumDecay, weightDecay, true);
  }

  /** The two averages. */
  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    Momentum now = Momentum.at(beta1, momentumDecay, exactProduct, step);
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float byGradient = (float) (rate * now.ofGradient());
    float byMean = (float) (rate * now.ofMean());
    float correction = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
    float guard = (float) epsilon;
    float decay = (float) weightDecay;
    float[] mean = state[0];
    float[] square = state[1];
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      float m = keep1 * mean[i] + take1 * d;
      float v = keep2 * square[i] + take2 * d * d;
      mean[i] = m;
      square[i] = v;
      weight[i] -= (byGradient * d + byMean * m) / ((float) Math.sqrt(v) * correction + guard);
    }
  }

  /**
   * What a step takes of the gradient and of the mean gradient. The product p is computed anew from the number of the
   * step, so that there is nothing to keep for it.
   */
  private record Momentum(double beta1, double decay, boolean exact, long step, double ofGradient, double ofMean) {
    private static final double BASE = 0.96;
    /** Less than this changes no bit when it is taken from 1. */
    private static final double NOTHING = 0x1p-60;
    /** The last one: a step asks for it once for every piece. */
    private static volatile Momentum last = of(AdamFormula.BETA1, MOMENTUM_DECAY, false, 1);

    static Momentum at(double beta1, double decay, boolean exact, long step) {
      Momentum known = last;
      if (known.step != step || known.beta1 != beta1 || known.decay != decay || known.exact != exact) {
        known = of(beta1, decay, exact, step);
        last = known;
      }
      return known;
    }

    private static Momentum of(double beta1, double decay, boolean exact, long step) {
      double product = 1;
      for (long t = 1; t <= step && product > NOTHING; t++) {
        product *= momentum(beta1, decay, t);
      }
      double now = momentum(beta1, decay, step);
      double next = momentum(beta1, decay, step + 1);
      return new Momentum(beta1, decay, exact, step,
          (1 - now) / (1 - product), next / (1 - product * next * (exact ? 1 : now)));
    }

    private static double momentum(double beta1, double decay, long t) {
      return beta1 * (1 - 0.5 * StrictMath.pow(BASE, t * decay));
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    return AdamFormula.print("NAdam", 0, schedule, beta1, beta2, epsilon, weightDecay, false)
        + (momentumDecay == MOMENTUM_DECAY ? "" : ".withMomentumDecay(" + momentumDecay + ")")
        + (exactProduct ? ".withExactProduct()" : "");
  }
}
