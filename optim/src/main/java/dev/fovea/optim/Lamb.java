package dev.fovea.optim;

import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Scratch;

/**
 * LAMB: the direction of {@link AdamW}, scaled for each parameter such that it moves by a share of its norm: made for
 * large batches, whose high rates would be too much for some layers and too little for others (You, Li, Reddi, Hseu,
 * Kumar, Bhojanapalli, Song, Demmel, Keutzer and Hsieh, "Large batch optimization for deep learning: training BERT in
 * 76 minutes", ICLR 2020, algorithm 2).
 *
 * <pre>
 * m = beta1 * m + (1 - beta1) * g
 * v = beta2 * v + (1 - beta2) * g^2
 * u = m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + weightDecay * w
 * w = w - rate * |w| / |u| * u
 * </pre>
 *
 * <p>The norms |w| and |u| are those of the whole parameter; where one of them is 0, as |w| is for a bias that starts
 * at 0, their quotient is 1. The paper's function phi of |w| is the identity here.
 *
 * @param schedule the learning rate, at least 0; 0.001 to 0.01 is usual
 * @param beta1 the share of the mean gradient that is kept at each step, in [0, 1)
 * @param beta2 the share of the mean squared gradient that is kept, in [0, 1)
 * @param epsilon what keeps the quotient finite, at least 0; at 0 a weight whose gradient has always been 0 becomes NaN
 * @param weightDecay what is added to the direction for each unit of weight, at least 0
 */
public record Lamb(Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay)
    implements LayerwiseOptimizer {
  private static final String NAME = "lamb";
  private static final double EPSILON = 1e-6;
  private static final double WEIGHT_DECAY = 0.01;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Lamb {
    AdamFormula.check(NAME, schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** LAMB at this rate, with betas 0.9 and 0.999, epsilon 1e-6, weight decay 0.01. */
  public static Lamb of(double rate) {
    return of(Settings.constant(NAME, rate));
  }

  /** LAMB at the rates of this schedule, otherwise as {@link #of(double)} makes it. */
  public static Lamb of(Schedule schedule) {
    return new Lamb(schedule, AdamFormula.BETA1, AdamFormula.BETA2, EPSILON, WEIGHT_DECAY);
  }

  /** These settings with other averages. */
  public Lamb withBetas(double beta1, double beta2) {
    return new Lamb(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** These settings with another epsilon. */
  public Lamb withEpsilon(double epsilon) {
    return new Lamb(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** These settings with another weight decay. */
  public Lamb withWeightDecay(double weightDecay) {
    return new Lamb(schedule, beta1, beta2, epsilon, weightDecay);
  }

  /** The two averages. */
  @Override
  public int slots() {
    return 2;
  }

  @Override
  public double prepare(long step, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float[] mean = state[0];
    float[] square = state[1];
    for (int i = from; i < to; i++) {
      float g = gradient[i];
      mean[i] = keep1 * mean[i] + take1 * g;
      square[i] = keep2 * square[i] + take2 * g * g;
    }
    float[] direction = Scratch.floats(Scratch.Purpose.DIRECTION, to - from);
    direction(step, from, to, weight, state, direction);
    return Kernels.get().sumOfSquares(to - from, direction, 0);
  }

  @Override
  public double trust(double weightNorm, double directionNorm) {
    return weightNorm == 0 || directionNorm == 0 ? 1 : weightNorm / directionNorm;
  }

  @Override
  public void update(long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float[] direction = Scratch.floats(Scratch.Purpose.DIRECTION, to - from);
    direction(step, from, to, weight, state, direction);
    float r = (float) rate;
    for (int i = from; i < to; i++) {
      weight[i] -= r * direction[i - from];
    }
  }

  /** Writes u for the elements {@code from} to {@code to} into the front of an array. */
  private void direction(long step, int from, int to, float[] weight, float[][] state, float[] direction) {
    float stride = (float) (1 / (1 - StrictMath.pow(beta1, step)));
    float correction = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
    float guard = (float) epsilon;
    float decay = (float) weightDecay;
    float[] mean = state[0];
    float[] square = state[1];
    for (int i = from; i < to; i++) {
      direction[i - from] =
          stride * mean[i] / ((float) Math.sqrt(square[i]) * correction + guard) + decay * weight[i];
    }
  }

  /** The code that makes these settings. */
  @Override
  public String toString() {
    StringBuilder text = Settings.print("Lamb", schedule);
    if (beta1 != AdamFormula.BETA1 || beta2 != AdamFormula.BETA2) {
      text.append(".withBetas(").append(beta1).append(", ").append(beta2).append(')');
    }
    if (epsilon != EPSILON) {
      text.append(".withEpsilon(").append(epsilon).append(')');
    }
    if (weightDecay != WEIGHT_DECAY) {
      text.append(".withWeightDecay(").append(weightDecay).append(')');
    }
    return text.toString();
  }
}
