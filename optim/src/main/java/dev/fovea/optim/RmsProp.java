package dev.fovea.optim;

/**
 * RMSProp: each weight moves by its gradient over the root of its mean squared gradient (Hinton, Srivastava and
 * Swersky, "Neural networks for machine learning", lecture 6e, 2012).
 *
 * <pre>
 * d = g + weightDecay * w
 * v = alpha * v + (1 - alpha) * d^2
 * b = momentum * b + d / (sqrt(v) + epsilon)
 * w = w - rate * b
 * </pre>
 *
 * <p>Centered, the gradient's variance v - m^2 stands in the place of v, where m is the mean gradient (Graves,
 * "Generating sequences with recurrent neural networks", 2013). PyTorch takes that difference, which for a steady
 * gradient is rounding and may fall below 0; here the variance s itself is kept, the same number in another way:
 *
 * <pre>
 * s = alpha * (s + (1 - alpha) * (d - m)^2)
 * m = alpha * m + (1 - alpha) * d
 * </pre>
 *
 * <p>As in PyTorch epsilon is added to the root; TensorFlow 1 added it below.
 *
 * @param schedule the learning rate, at least 0; 0.01 is usual
 * @param alpha the share of the averages that is kept at each step, in [0, 1)
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param momentum the share of the last step that is kept, in [0, 1); 0 for none
 * @param centered whether the variance is used instead of the mean square
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 */
public record RmsProp(Schedule schedule, double alpha, double epsilon, double momentum, boolean centered,
    double weightDecay) implements Optimizer {
  private static final String NAME = "rmsprop";
  private static final double ALPHA = 0.99;
  private static final double EPSILON = 1e-8;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RmsProp {
    Settings.schedule(NAME, schedule);
    Settings.fraction(NAME, "alpha", alpha);
    Settings.atLeastZero(NAME, "epsilon", epsilon);
    Settings.fraction(NAME, "momentum", momentum);
    Settings.atLeastZero(NAME, "weightDecay", weightDecay);
  }

  /** RMSProp at this rate, with alpha 0.99, epsilon 1e-8, neither momentum nor weight decay, not centered. */
  public static RmsProp of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** RMSProp at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static RmsProp of(Schedule schedule) {
    return new RmsProp(schedule, ALPHA, EPSILON, 0, false, 0);
  }

  /** These settings with other averages. */
  public RmsProp withAlpha(double alpha) {
    return new RmsProp(schedule, alpha, epsilon, momentum, centered, weightDecay);
  }

  /** These settings with another epsilon. */
  public RmsProp withEpsilon(double epsilon) {
    return new RmsProp(schedule, alpha, epsilon, momentum, centered, weightDecay);
  }

  /** These settings with another momentum. */
  public RmsProp withMomentum(double momentum) {
    return new RmsProp(schedule, alpha, epsilon, momentum, centered, weightDecay);
  }

  /** These settings, centered. */
  public RmsProp withCentered() {
    return new RmsProp(schedule, alpha, epsilon, momentum, true, weightDecay);
  }

  /** These settings with another weight decay. */
  public RmsProp withWeightDecay(double weightDecay) {
    return new RmsProp(schedule, alpha, epsilon, momentum, centered, weightDecay);
  }

  /** The mean square or the variance; then, where there are such, the mean gradient; last the momentum. */
  @Override
  public int slots() {
    return 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    if (centered) {
      averageAroundMean(from, to, weight, gradient, state[0], state[1]);
    } else {
      average(from, to, weight, gradient, state[0]);
    }
    if (momentum > 0) {
      moveWithMomentum((float) rate, from, to, weight, gradient, state[0], state[slots() - 1]);
    } else {
      move((float) rate, from, to, weight, gradient, state[0]);
    }
  }

  private void average(int from, int to, float[] weight, float[] gradient, float[] square) {
    float decay = (float) weightDecay;
    float keep = (float) alpha;
    float take = (float) (1 - alpha);
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      square[i] = keep * square[i] + take * d * d;
    }
  }

  private void averageAroundMean(int from, int to, float[] weight, float[] gradient, float[] variance, float[] mean) {
    float decay = (float) weightDecay;
    float keep = (float) alpha;
    float take = (float) (1 - alpha);
    for (int i = from; i < to; i++) {
      float away = gradient[i] + decay * weight[i] - mean[i];
      variance[i] = keep * (variance[i] + take * away * away);
      mean[i] += take * away;
    }
  }

  private void move(float rate, int from, int to, float[] weight, float[] gradient, float[] square) {
    float decay = (float) weightDecay;
    float guard = (float) epsilon;
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      weight[i] -= rate * d / ((float) Math.sqrt(square[i]) + guard);
    }
  }

  private void moveWithMomentum(float rate, int from, int to, float[] weight, float[] gradient, float[] square,
      float[] velocity) {
    float decay = (float) weightDecay;
    float guard = (float) epsilon;
    float keep = (float) momentum;
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      float b = keep * velocity[i] + d / ((float) Math.sqrt(square[i]) + guard);
      velocity[i] = b;
      weight[i] -= rate * b;
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    StringBuilder text = Settings.print("RmsProp", schedule);
    if (alpha != ALPHA) {
      text.append(".withAlpha(").append(alpha).append(')');
    }
    if (epsilon != EPSILON) {
      text.append(".withEpsilon(").append(epsilon).append(')');
    }
    if (momentum != 0) {
      text.append(".withMomentum(").append(momentum).append(')');
    }
    if (centered) {
      text.append(".withCentered()");
    }
    if (weightDecay != 0) {
      text.append(".withWeightDecay(").append(weightDecay).append(')');
    }
    return text.toString();
  }
}
