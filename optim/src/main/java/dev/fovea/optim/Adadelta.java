package dev.fovea.optim;

/**
 * Adadelta: each weight moves by its gradient, scaled by the root mean square of its recent moves over that of its
 * recent gradients; so a move has the unit of a weight and hardly depends on a learning rate (Zeiler, "Adadelta: an
 * adaptive learning rate method", 2012).
 *
 * <pre>
 * d = g + weightDecay * w
 * v = rho * v + (1 - rho) * d^2
 * x = sqrt((a + epsilon) / (v + epsilon)) * d
 * a = rho * a + (1 - rho) * x^2
 * w = w - rate * x
 * </pre>
 *
 * <p>The convention is PyTorch's: the rate is outside of what a remembers.
 *
 * @param schedule the learning rate, at least 0; the paper has none: 1
 * @param rho the share of the averages that is kept at each step, in [0, 1)
 * @param epsilon what the first moves start from, above 0: without it nothing would ever move
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 */
public record Adadelta(Schedule schedule, double rho, double epsilon, double weightDecay) implements Optimizer {
  private static final String NAME = "adadelta";
  private static final double RHO = 0.9;
  private static final double EPSILON = 1e-6;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Adadelta {
    Settings.schedule(NAME, schedule);
    Settings.fraction(NAME, "rho", rho);
    Settings.aboveZero(NAME, "epsilon", epsilon);
    Settings.atLeastZero(NAME, "weightDecay", weightDecay);
  }

  /** Adadelta at the rate 1, with rho 0.9, epsilon 1e-6, no weight decay. */
  public static Adadelta of() {
    return of(1);
  }

  /** Adadelta at this rate, otherwise as {@link #of()} makes it. */
  public static Adadelta of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** Adadelta at the rates of this schedule, otherwise as {@link #of()} makes it. */
  public static Adadelta of(Schedule schedule) {
    return new Adadelta(schedule, RHO, EPSILON, 0);
  }

  /** These settings with other averages. */
  public Adadelta withRho(double rho) {
    return new Adadelta(schedule, rho, epsilon, weightDecay);
  }

  /** These settings with another epsilon. */
  public Adadelta withEpsilon(double epsilon) {
    return new Adadelta(schedule, rho, epsilon, weightDecay);
  }

  /** These settings with another weight decay. */
  public Adadelta withWeightDecay(double weightDecay) {
    return new Adadelta(schedule, rho, epsilon, weightDecay);
  }

  /** The mean squares of gradients and of moves. */
  @Override
  public int slots() {
    return 2;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float r = (float) rate;
    float keep = (float) rho;
    float take = (float) (1 - rho);
    float guard = (float) epsilon;
    float decay = (float) weightDecay;
    float[] square = state[0];
    float[] moved = state[1];
    for (int i = from; i < to; i++) {
      float d = gradient[i] + decay * weight[i];
      float v = keep * square[i] + take * d * d;
      float x = (float) Math.sqrt((moved[i] + guard) / (v + guard)) * d;
      square[i] = v;
      moved[i] = keep * moved[i] + take * x * x;
      weight[i] -= r * x;
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    StringBuilder text = Settings.print("Adadelta", schedule);
    if (rho != RHO) {
      text.append(".withRho(").append(rho).append(')');
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
