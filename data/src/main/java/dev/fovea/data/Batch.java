package dev.fovea.data;

import dev.fovea.core.Tensor;

/**
 * Some samples and their targets.
 *
 * @param x the samples, {@code [N, ...]}
 * @param y the targets, {@code [N]} for class labels, {@code [N, K]} for vectors
 * @param weights how much each sample counts, {@code [N]}; {@code null} for 1 each
 */
public record Batch(Tensor x, Tensor y, Tensor weights) {
  /** Samples that count alike. */
  public Batch(Tensor x, Tensor y) {
    this(x, y, null);
  }

  /** The number of samples. */
  public int size() {
    return x.shape().dim(0);
  }

  /** Whether samples have weights. */
  public boolean isWeighted() {
    return weights != null;
  }
}
