package dev.fovea.data;

import dev.fovea.core.Tensor;

/**
 * Some samples and their targets.
 *
 * @param x the samples, {@code [N, ...]}
 * @param y the targets, {@code [N]} for class labels, {@code [N, K]} for vectors
 */
public record Batch(Tensor x, Tensor y) {
  /** The number of samples. */
  public int size() {
    return x.shape().dim(0);
  }
}
