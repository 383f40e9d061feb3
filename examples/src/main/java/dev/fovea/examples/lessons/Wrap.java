package dev.fovea.examples.lessons;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Parameters;
import dev.fovea.layers.Pass;

/**
 * Puts beside each edge of the maps what is at the opposite edge, as if the picture closed on itself: whatever slides
 * over it then sees no edge.
 *
 * @param cells how many rows and columns are put on each side
 */
record Wrap(int cells) implements Layer {
  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return around(around(input, 2), 3);
  }

  private Tensor around(Tensor x, int axis) {
    int length = x.shape().dim(axis);
    return Ops.concat(axis, Ops.slice(x, axis, length - cells, length), x, Ops.slice(x, axis, 0, cells));
  }
}
