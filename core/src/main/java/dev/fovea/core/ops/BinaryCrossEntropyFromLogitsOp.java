package dev.fovea.core.ops;

import dev.fovea.core.kernels.FloatMath;

/**
 * L = the mean over all elements of -t log(sigmoid(x)) - (1 - t) log(1 - sigmoid(x)): each logit x answers a yes-or-no
 * question of its own, t is the answer, 0 .. 1; two inputs of one shape to {@code []}. Computed as max(x, 0) - x t +
 * log(1 + e^-|x|), which no logit is too large for.
 */
public final class BinaryCrossEntropyFromLogitsOp extends MeanLossOp {
  @Override
  double loss(float logit, float target) {
    return Math.max(logit, 0f) - (double) logit * target + StrictMath.log(1d + FloatMath.exp(-Math.abs(logit)));
  }

  @Override
  float slope(float logit, float target) {
    // Sigmoid in double precision: where it is nearly t, float32 would leave nothing of the difference.
    double e = FloatMath.exp(-Math.abs(logit));
    return (float) ((logit >= 0 ? 1 : e) / (1 + e) - target);
  }

  @Override
  float targetSlope(float logit, float target) {
    return -logit;
  }
}
