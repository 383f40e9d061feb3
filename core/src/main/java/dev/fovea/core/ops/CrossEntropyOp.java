package dev.fovea.core.ops;

/**
 * L = -1/N sum over n, k of t[n, k] log p[n, k]: cross-entropy of probabilities p {@code [N, K]} and labels {@code [N]}
 * (whole numbers) or {@code [N, K]} (one-hot or soft), to {@code []}. Probabilities below 1e-7 count as 1e-7, as in
 * Keras, and get no gradient; the others get dp[n, k] = -t[n, k] / p[n, k] / N. Rows are taken as they are, not made to
 * sum to 1.
 *
 * <p>With label smoothing s, t = (1 - s) label + s / K, as in PyTorch. With weights of classes v and of samples
 * w {@code [N]}, a third input, w[n] v[k] t[n, k] stands in its place; the sum is divided by N all the same, as in
 * Keras.
 *
 * <p>Where the probabilities come from a softmax, {@link CrossEntropyFromLogitsOp} is exact and never loses its
 * gradient.
 */
public final class CrossEntropyOp extends CategoricalLossOp {
  private static final float LEAST = 1e-7f;

  /**
   * Cross-entropy with this much label smoothing, 0 for none, and a weight for each class, no weights for none.
   *
   * @throws IllegalArgumentException if the smoothing is below 0, or 1 or more, or a weight is below 0 or not finite
   */
  public CrossEntropyOp(double smoothing, float... classWeights) {
    super(smoothing, classWeights);
  }

  @Override
  void logProbabilities(int k, float[] scores, float[] logProbabilities, int offset) {
    for (int i = offset; i < offset + k; i++) {
      logProbabilities[i] = (float) StrictMath.log(Math.max(scores[i], LEAST));
    }
  }

  @Override
  void slope(int k, float factor, float[] scores, float[] logProbabilities, float[] targets, int offset,
      float[] dx, boolean add) {
    for (int i = offset; i < offset + k; i++) {
      float g = scores[i] < LEAST ? 0f : -factor * targets[i] / scores[i];
      dx[i] = add ? dx[i] + g : g;
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return input != 1;
  }
}
