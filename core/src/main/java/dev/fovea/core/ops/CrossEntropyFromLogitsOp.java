package dev.fovea.core.ops;

/**
 * L = -1/N sum over n, k of t[n, k] log softmax(x)[n, k]: cross-entropy of scores x {@code [N, K]} that softmax has yet
 * to turn into probabilities, and labels {@code [N]} (whole numbers) or {@code [N, K]} (one-hot or soft), to
 * {@code []}. Softmax and logarithm are one act, exact at any score. dx[n, k] = (softmax(x)[n, k] sum over j of t[n, j]
 * - t[n, k]) / N.
 *
 * <p>With label smoothing s, t = (1 - s) label + s / K, as in PyTorch. With weights of classes v and of samples
 * w {@code [N]}, a third input, w[n] v[k] t[n, k] stands in its place; the sum is divided by N all the same, as in
 * Keras.
 */
public final class CrossEntropyFromLogitsOp extends CategoricalLossOp {
  private final LogSoftmaxOp logSoftmax = new LogSoftmaxOp(1);

  /**
   * Cross-entropy with this much label smoothing, 0 for none, and a weight for each class, no weights for none.
   *
   * @throws IllegalArgumentException if the smoothing is below 0, or 1 or more, or a weight is below 0 or not finite
   */
  public CrossEntropyFromLogitsOp(double smoothing, float... classWeights) {
    super(smoothing, classWeights);
  }

  @Override
  void logProbabilities(int k, float[] scores, float[] logProbabilities, int offset) {
    logSoftmax.value(k, scores, offset, logProbabilities, offset);
  }

  @Override
  void slope(int k, float factor, float[] scores, float[] logProbabilities, float[] targets, int offset,
      float[] dx, boolean add) {
    double total = 0;
    for (int i = offset; i < offset + k; i++) {
      total += targets[i];
    }
    for (int i = offset; i < offset + k; i++) {
      float g = factor * LogSoftmaxOp.excess(logProbabilities[i], (float) total, targets[i]);
      dx[i] = add ? dx[i] + g : g;
    }
  }
}
