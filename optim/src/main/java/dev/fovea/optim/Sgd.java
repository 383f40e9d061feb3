package dev.fovea.optim;

/**
 * Stochastic gradient descent, with momentum and Nesterov's look ahead.
 *
 * <pre>
 * d = g + weightDecay * w
 * b = momentum * b + d
 * w = w - rate * d                    without momentum
 * w = w - rate * b                    with momentum
 * w = w - rate * (d + momentum * b)   with Nesterov's
 * </pre>
 *
 * <p>The convention is PyTorch's (dampening 0): the rate is outside of the momentum, so a rate that falls slows the
 * whole step at once. In Keras it is inside; the two agree while the rate is constant. Nesterov's form is that of
 * Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning", 2013.
 *
 * @param schedule the learning rate, at least 0
 * @param momentum the share of the last step that is kept, in [0, 1); 0 for none
 * @param nesterov whether the gradient is taken as if the momentum had already been followed
 * @param weightDecay what is added to the gradient for each unit of weight (L2), at least 0
 */
public record Sgd(Schedule schedule, double momentum, boolean nesterov, double weightDecay) implements Optimizer {
  private static final String NAME = "sgd";

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range, or Nesterov's form is asked for without momentum
   */
  public Sgd {
    Settings.schedule(NAME, schedule);
    Settings.fraction(NAME, "momentum", momentum);
    Settings.atLeastZero(NAME, "weightDecay", weightDecay);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          NAME + ": nesterov needs a momentum above 0, got 0.0; set it first, as in withMomentum(0.9).withNesterov()");
    }
  }

  /** Plain descent at this rate. */
  public static Sgd of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** Plain descent at the rates of this schedule. */
  public static Sgd of(Schedule schedule) {
    return new Sgd(schedule, 0, false, 0);
  }

  /** These settings with another momentum; 0.9 is usual. */
  public Sgd withMomentum(double momentum) {
    return new Sgd(schedule, momentum, nesterov, weightDecay);
  }

  /** These settings in Nesterov's form. */
  public Sgd withNesterov() {
    return new Sgd(schedule, momentum, true, weightDecay);
  }

  /** These settings with another weight decay. */
  public Sgd withWeightDecay(double weightDecay) {
    return new Sgd(schedule, momentum, nesterov, weightDecay);
  }

  /** One array with momentum, none without. */
  @Override
  public int slots() {
    return momentum > 0 ? 1 : 0;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float r = (float) rate;
    float decay = (float) weightDecay;
    float keep = (float) momentum;
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        weight[i] -= r * (gradient[i] + decay * weight[i]);
      }
      return;
    }
    float[] velocity = state[0];
    if (nesterov) {
      for (int i = from; i < to; i++) {
        float d = gradient[i] + decay * weight[i];
        float b = keep * velocity[i] + d;
        velocity[i] = b;
        weight[i] -= r * (d + keep * b);
      }
    } else {
      for (int i = from; i < to; i++) {
        float b = keep * velocity[i] + (gradient[i] + decay * weight[i]);
        velocity[i] = b;
        weight[i] -= r * b;
      }
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    StringBuilder text = Settings.print("Sgd", schedule);
    if (momentum != 0) {
      text.append(".withMomentum(").append(momentum).append(')');
    }
    if (nesterov) {
      text.append(".withNesterov()");
    }
    if (weightDecay != 0) {
      text.append(".withWeightDecay(").append(weightDecay).append(')');
    }
    return text.toString();
  }
}
