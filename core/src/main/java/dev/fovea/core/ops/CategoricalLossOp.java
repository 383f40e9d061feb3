package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;

/**
 * What the cross-entropies share: L = -1/N sum over n, k of t[n, k] log p[n, k], scores {@code [N, K]} and labels to
 * {@code []}.
 *
 * <p>Labels are {@code [N]}, whole numbers 0 .. K-1, or {@code [N, K]}, one-hot or soft. With label smoothing s the
 * targets are t = (1 - s) label + s / K, as in PyTorch. Soft labels may want a gradient: -(1 - s) / N log p.
 *
 * <p>With weights of classes v {@code [K]}, a setting, and of samples w {@code [N]}, a third input, the targets are
 * w[n] v[k] t[n, k]. The sum is divided by N whatever the weights are, as in Keras; PyTorch divides by the weights'
 * sum. Weights of samples get no gradient.
 */
abstract class CategoricalLossOp implements Op {
  /** Scores a thread takes at a time, at least one sample. */
  private static final int STRETCH = 1 << 12;

  private final float smoothing;
  /** v; {@code null} for none. */
  private final float[] classWeights;
  /** t, row by row. */
  private float[] targets = {};
  /** log p, row by row. */
  private float[] logProbabilities = {};
  /** -sum over k of t[n, k] log p[n, k], added up in order: the sum does not depend on the threads. */
  private double[] losses = {};

  /** With this much label smoothing and these weights of the classes, none of them for no weights. */
  CategoricalLossOp(double smoothing, float... classWeights) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(name() + ": label smoothing must be at least 0 and below 1, got " + smoothing);
    }
    for (int k = 0; k < classWeights.length; k++) {
      if (!(classWeights[k] >= 0 && classWeights[k] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            name() + ": the weight of class " + k + " must be at least 0 and finite, got " + classWeights[k]);
      }
    }
    this.smoothing = (float) smoothing;
    this.classWeights = classWeights.length == 0 ? null : classWeights.clone();
  }

  /** log p of one sample's k scores. */
  abstract void logProbabilities(int k, float[] scores, float[] logProbabilities, int offset);

  /** dx (+)= factor times the gradient of one sample's loss, for its k scores. */
  abstract void slope(int k, float factor, float[] scores, float[] logProbabilities, float[] targets, int offset,
      float[] dx, boolean add);

  @Override
  public final Shape infer(Shape... in) {
    if (in.length != 2 && in.length != 3) {
      throw new ShapeException(
          name() + ": expected two inputs, scores and labels, or three with weights, got " + in.length);
    }
    if (in[0].rank() != 2) {
      throw new ShapeException(name() + ": expected scores [N, K], got " + in[0]);
    }
    Shape whole = Shape.of(in[0].dim(0));
    if (!in[1].equals(whole) && !in[1].equals(in[0])) {
      throw new ShapeException(name() + ": expected labels " + whole + " or " + in[0] + " for scores " + in[0]
          + ", got " + in[1]);
    }
    if (in.length == 3 && !in[2].equals(whole)) {
      throw new ShapeException(name() + ": expected weights of the samples " + whole + " for scores " + in[0] + ", got "
          + in[2]);
    }
    if (classWeights != null && classWeights.length != in[0].dim(1)) {
      throw new ShapeException(name() + ": expected the weights of " + in[0].dim(1) + " classes for scores " + in[0]
          + ", got " + classWeights.length);
    }
    return Shape.scalar();
  }

  @Override
  public final long keptBytes(Shape... in) {
    return 2 * Float.BYTES * in[0].elements() + Double.BYTES * (long) in[0].dim(0);
  }

  @Override
  public final void forward(Tensor[] in, Tensor out) {
    int samples = in[0].shape().dim(0);
    int k = in[0].shape().dim(1);
    if (targets.length < samples * k) {
      targets = new float[samples * k];
      logProbabilities = new float[samples * k];
      losses = new double[samples];
    }
    setTargets(in[1], samples, k);
    weigh(in, samples, k);
    float[] scores = in[0].data();
    Parallel.ranges(samples, Math.max(1, STRETCH / k), (from, to) -> {
      for (int i = from; i < to; i++) {
        logProbabilities(k, scores, logProbabilities, i * k);
        losses[i] = loss(k, i * k);
      }
    });
    double sum = 0;
    for (int i = 0; i < samples; i++) {
      sum += losses[i];
    }
    out.data()[0] = (float) (sum / samples);
  }

  private double loss(int k, int offset) {
    double sum = 0;
    for (int i = offset; i < offset + k; i++) {
      // A class that is surely not the label costs nothing, however impossible it is: 0 times infinity is 0 here.
      sum -= targets[i] == 0 ? 0 : (double) targets[i] * logProbabilities[i];
    }
    return sum;
  }

  private void setTargets(Tensor labels, int samples, int k) {
    float[] label = labels.data();
    float certain = 1 - smoothing;
    float spread = smoothing / k;
    if (labels.shape().rank() == 2) {
      for (int i = 0; i < samples * k; i++) {
        targets[i] = certain * label[i] + spread;
      }
      return;
    }
    Arrays.fill(targets, 0, samples * k, spread);
    for (int i = 0; i < samples; i++) {
      targets[i * k + wholeLabel(label[i], i, k)] += certain;
    }
  }

  private void weigh(Tensor[] in, int samples, int k) {
    if (classWeights != null || in.length == 3) {
      for (int i = 0; i < samples * k; i++) {
        targets[i] *= weight(in, i, k);
      }
    }
  }

  /** What the target at this place is multiplied by. */
  private float weight(Tensor[] in, int place, int k) {
    float weight = classWeights == null ? 1 : classWeights[place % k];
    return in.length == 3 ? weight * in[2].data()[place / k] : weight;
  }

  private int wholeLabel(float label, int sample, int k) {
    boolean whole = label == Math.rint(label) && !Float.isInfinite(label);
    if (!whole || label < 0 || label >= k) {
      throw new IllegalArgumentException(name() + ": label of sample " + sample + " is "
          + (whole ? Long.toString((long) label) : Float.toString(label))
          + ", expected " + (whole ? "" : "a whole number, ") + "0 .. " + (k - 1));
    }
    return (int) label;
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    int samples = in[0].shape().dim(0);
    int k = in[0].shape().dim(1);
    float factor = out.grad()[0] / samples;
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      float[] scores = backwardReads(0) ? in[0].data() : null;
      float[] dx = in[0].grad();
      Parallel.ranges(samples, Math.max(1, STRETCH / k), (from, to) -> {
        for (int i = from; i < to; i++) {
          slope(k, factor, scores, logProbabilities, targets, i * k, dx, add);
        }
      });
    }
    if (in[1].wantsGrad() && in[1].shape().rank() == 2) {
      float[] dLabels = in[1].grad();
      for (int i = 0; i < samples * k; i++) {
        dLabels[i] -= factor * (1 - smoothing) * weight(in, i, k) * logProbabilities[i];
      }
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return input == 2;
  }

  @Override
  public final boolean backwardReadsOutput() {
    return false;
  }
}
