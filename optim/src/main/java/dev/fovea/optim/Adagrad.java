package dev.fovea.optim;

/**
 * Adagrad: each weight moves by its gradient over the root of the sum of all its squared gradients, so that what rarely
 * has a gradient moves far when it has one (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning
 * and stochastic optimization", JMLR 12, 2011).
 *
 * <pre>
 * d = g + weightDecay * w
 * s = s + d^2
 * w = w - rate / (1 + (t - 1) * rateDecay) * d / (sqrt(start + s) + epsilon)
 * </pre>
 *
 * <p>The convention is PyTorch's; in Keras the sum starts at 0.1.
 *
 * @param schedule the learning rate, at least 0; 0.01 is usual
 * @param rateDecay how the rate falls besides, at least 0; 0 unless set
 * @param start what the sum starts at, at least 0; 0 unless set
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 *     unless the sum starts above 0
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 */
public record Adagrad(Schedule schedule, double rateDecay, double start, double epsilon, double weightDecay)
    implements Optimizer {
  private static final String NAME = "adagrad";
  private static final double EPSILON = 1e-10;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adagrad {
    Settings.schedule(NAME, schedule);
    Settings.atLeastZero(NAME, "rateDecay", rateDecay);
    Settings.atLeastZero(NAME, "start", start);
    Settings.atLeastZero(NAME, "epsilon", epsilon);
    Settings.atLeastZero(NAME, "weightDecay", weightDecay);
  }

  /** Adagrad at this rate, which decays by nothing but the sum; the sum starts at 0, epsilon is 1e-10. */
  public static Adagrad of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** Adagrad at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static Adagrad of(Schedule schedule) {
    return new Adagrad(schedule, 0, 0, EPSILON, 0);
  }

  /** These settings with a rate that falls as 1 / (1 + (t - 1) * rateDecay). */
  public Adagrad withRateDecay(double rateDecay) {
    return new Adagrad(schedule, rateDecay, start, epsilon, weightDecay);
  }

  /** These settings with a sum that starts elsewhere. */
  public Adagrad withStart(double start) {
    return new Adagrad(schedule, rateDecay, start, epsilon, weightDecay);
  }

  /** These settings with another epsilon. */
  public Adagrad withEpsilon(double epsilon) {
    return new Adagrad(schedule, rateDecay, start, epsilon, weightDecay);
  }

  /** These settings with another weight decay. */
  public Adagrad withWeightDecay(double weightDecay) {
    return new Adagrad(schedule, rateDecay, start, epsilon, weightDecay);
  }

  /** The sum, without what it starts at. */
  @Override
  public int slots() {
    return 1;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float stride = (float) (rate / (1 + (step - 1) * rateDecay));
    float first = (float) start;
    float guard = (float) epsilon;
    float decay = (float) weightDecay;
    float[] sum = state[0];
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      float s = sum[i] + d * d;
      sum[i] = s;
      weight[i] -= stride * d / ((float) Math.sqrt(first + s) + guard);
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    StringBuilder text = Settings.print("Adagrad", schedule);
    if (rateDecay != 0) {
      text.append(".withRateDecay(").append(rateDecay).append(')');
    }
    if (start != 0) {
      text.append(".withStart(").append(start).append(')');
    }
    if (epsilon != EPSILON) {
      text.append(".withEpsilon(").append(epsilon).append(')');
    }
    if (weightDecay != 0) {
      text.append(".withWeightDecay(").append(weightDecay).append(')');
    }
    return text.toString();
  }
}
