package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;

/** Tells right predictions from wrong ones, as the {@link Targets} of a loss have it. */
final class Judge {
  private static final float HALF = 0.5f;

  private final Targets targets;
  private final int outputs;
  private final float threshold;
  private final boolean logits;

  /** A judge of predictions of this shape, one sample's. */
  Judge(Loss loss, Shape output) {
    this.targets = loss.targets();
    this.outputs = output.size();
    this.logits = loss.takesLogits();
    this.threshold = loss.takesLogits() ? 0 : HALF;
  }

  /** Whether predictions are right or wrong at all. */
  boolean judges() {
    return targets != Targets.VALUES;
  }

  /** How many classes predictions choose from; 0 where they are no choice of one class. */
  int classes() {
    return switch (targets) {
      case LABELS, DISTRIBUTIONS -> outputs;
      case YES_OR_NO -> outputs == 1 ? 2 : 0;
      case VALUES -> 0;
    };
  }

  /** How many samples of a batch are predicted right; one with several answers counts by the share that is right. */
  double hits(Tensor prediction, Tensor target) {
    if (!judges()) {
      return Double.NaN;
    }
    float[] scores = prediction.data();
    float[] y = target.data();
    int samples = prediction.shape().dim(0);
    long hits = 0;
    if (targets == Targets.YES_OR_NO) {
      for (int i = 0; i < samples * outputs; i++) {
        hits += (scores[i] > threshold) == (y[i] > HALF) ? 1 : 0;
      }
      return (double) hits / outputs;
    }
    for (int sample = 0; sample < samples; sample++) {
      hits += predicted(scores, sample) == actual(y, sample) ? 1 : 0;
    }
    return hits;
  }

  /** The class that the scores of a batch choose for one sample. */
  int predicted(float[] scores, int sample) {
    return targets == Targets.YES_OR_NO ? scores[sample] > threshold ? 1 : 0 : argMax(scores, sample * outputs);
  }

  /** The class that the targets of a batch give for one sample. */
  int actual(float[] y, int sample) {
    return switch (targets) {
      case LABELS -> (int) y[sample];
      case YES_OR_NO -> y[sample] > HALF ? 1 : 0;
      default -> argMax(y, sample * outputs);
    };
  }

  /** How many classes have a better score than this one; of equal scores the first is better. */
  int rank(float[] scores, int sample, int actual) {
    if (targets == Targets.YES_OR_NO) {
      return predicted(scores, sample) == actual ? 0 : 1;
    }
    int from = sample * outputs;
    float score = scores[from + actual];
    int better = 0;
    for (int k = 0; k < outputs; k++) {
      boolean worse = scores[from + k] < score || scores[from + k] == score && k > actual;
      better += k == actual || worse ? 0 : 1;
    }
    return better;
  }

  /** Writes the probability of each class for one sample of a batch, from {@code offset} on. */
  void probabilities(float[] scores, int sample, float[] probabilities, int offset) {
    if (targets == Targets.YES_OR_NO) {
      double score = scores[sample];
      float yes = (float) (logits ? 1 / (1 + StrictMath.exp(-score)) : score);
      probabilities[offset] = 1 - yes;
      probabilities[offset + 1] = yes;
      return;
    }
    int from = sample * outputs;
    if (!logits) {
      System.arraycopy(scores, from, probabilities, offset, outputs);
      return;
    }
    float most = scores[from + argMax(scores, from)];
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      sum += StrictMath.exp((double) scores[from + k] - most);
    }
    for (int k = 0; k < outputs; k++) {
      probabilities[offset + k] = (float) (StrictMath.exp((double) scores[from + k] - most) / sum);
    }
  }

  private int argMax(float[] values, int from) {
    int best = 0;
    for (int k = 1; k < outputs; k++) {
      if (values[from + k] > values[from + best]) {
        best = k;
      }
    }
    return best;
  }
}
