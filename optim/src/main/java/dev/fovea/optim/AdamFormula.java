package dev.fovea.optim;

/**
 * What Adam and AdamW share: all but where the weight decay goes.
 *
 * <pre>
 * d = g + penalty * w
 * m = beta1 * m + (1 - beta1) * d          state 0
 * v = beta2 * v + (1 - beta2) * d^2        state 1
 * u = max(u, v) with AMSGrad, else v       state 2
 * w = w - (shrink * w + rate / (1 - beta1^t) * m / (sqrt(u / (1 - beta2^t)) + epsilon))
 * </pre>
 *
 * <p>Adam puts its decay into the penalty, AdamW into the shrinkage; what is not used is 0 and changes no bit of a
 * finite weight, so that neither needs a loop of its own.
 */
final class AdamFormula {
  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;

  private AdamFormula() {}

  static void check(String where, Schedule schedule, double beta1, double beta2, double epsilon, double weightDecay) {
    Settings.schedule(where, schedule);
    Settings.fraction(where, "beta1", beta1);
    Settings.fraction(where, "beta2", beta2);
    Settings.atLeastZero(where, "epsilon", epsilon);
    Settings.atLeastZero(where, "weightDecay", weightDecay);
  }

  static int slots(boolean amsgrad) {
    return amsgrad ? 3 : 2;
  }

  static void update(double beta1, double beta2, double epsilon, double penalty, double shrink, boolean amsgrad,
      long step, double rate, int from, int to, float[] weight, float[] gradient, float[][] state) {
    float keep1 = (float) beta1;
    float take1 = (float) (1 - beta1);
    float keep2 = (float) beta2;
    float take2 = (float) (1 - beta2);
    float stride = (float) (rate / (1 - StrictMath.pow(beta1, step)));
    float correction = (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
    float guard = (float) epsilon;
    float decay = (float) penalty;
    // Subtracted from the weight, not from 1, of which a small share is mostly rounding.
    float lose = (float) shrink;
    float[] mean = state[0];
    float[] square = state[1];
    if (amsgrad) {
      float[] largest = state[2];
      for (int i = from; i < to; i++) {
        float d = gradient[i] + decay * weight[i];
        float m = keep1 * mean[i] + take1 * d;
        float v = keep2 * square[i] + take2 * d * d;
        float u = Math.max(largest[i], v);
        mean[i] = m;
        square[i] = v;
        largest[i] = u;
        weight[i] -= lose * weight[i] + stride * m / ((float) Math.sqrt(u) * correction + guard);
      }
    } else {
      for (int i = from; i < to; i++) {
        float d = gradient[i] + decay * weight[i];
        float m = keep1 * mean[i] + take1 * d;
        float v = keep2 * square[i] + take2 * d * d;
        mean[i] = m;
        square[i] = v;
        weight[i] -= lose * weight[i] + stride * m / ((float) Math.sqrt(v) * correction + guard);
      }
    }
  }

  static String print(String type, double usualDecay, Schedule schedule, double beta1, double beta2, double epsilon,
      double weightDecay, boolean amsgrad) {
    StringBuilder text = Settings.print(type, schedule);
    if (beta1 != BETA1 || beta2 != BETA2) {
      text.append(".withBetas(").append(beta1).append(", ").append(beta2).append(')');
    }
    if (epsilon != EPSILON) {
      text.append(".withEpsilon(").append(epsilon).append(')');
    }
    if (weightDecay != usualDecay) {
      text.append(".withWeightDecay(").append(weightDecay).append(')');
    }
    if (amsgrad) {
      text.append(".withAmsgrad()");
    }
    return text.toString();
  }
}
