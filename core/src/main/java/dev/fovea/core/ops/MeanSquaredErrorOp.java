package dev.fovea.core.ops;

/** L = the mean over all elements of (prediction - target)^2; two inputs of one shape to {@code []}. */
public final class MeanSquaredErrorOp extends MeanLossOp {
  @Override
  double loss(float prediction, float target) {
    double difference = (double) prediction - target;
    return difference * difference;
  }

  @Override
  float slope(float prediction, float target) {
    return 2 * (prediction - target);
  }

  @Override
  float targetSlope(float prediction, float target) {
    return 2 * (target - prediction);
  }
}
