package dev.fovea.train;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Batch;

/**
 * What a step is recorded for.
 *
 * @param x the shape of the samples, {@code [N, ...]}
 * @param y the shape of their targets, {@code [N, ...]}; {@code null} if they have none
 * @param weighted whether they have weights
 */
record BatchShape(Shape x, Shape y, boolean weighted) {
  static BatchShape of(Batch batch) {
    return new BatchShape(batch.x().shape(), batch.y().shape(), batch.isWeighted());
  }

  /** A batch without values, for recording. */
  Batch symbolic() {
    return new Batch(Tensor.symbolic(x), Tensor.symbolic(y), weighted ? Tensor.symbolic(Shape.of(x.dim(0))) : null);
  }
}
