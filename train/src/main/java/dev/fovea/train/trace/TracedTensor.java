package dev.fovea.train.trace;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;

/**
 * Values of one sample, without the batch axis, and the gradient of the loss there: how much the loss grows for a small
 * step up of each value.
 *
 * @param value the values
 * @param gradient of the same shape; {@code null} if there was no backward pass, or it did not come by here
 */
public record TracedTensor(Tensor value, Tensor gradient) {
  /** The axis lengths: {@code [C, H, W]} for pictures. */
  public Shape shape() {
    return value.shape();
  }
}
