package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * The inputs one behind the other along an axis: {@code [A, H, W]} and {@code [B, H, W]} along their channels are
 * {@code [A + B, H, W]}. The other axes must agree.
 *
 * @param axis the axis of one sample, so that 0 is the channels (Keras counts the batch axis too); negative numbers
 *     count from the end
 */
public record Concatenate(int axis) implements Merge {
  /** Along the first axis of a sample: the channels of pictures, the values of vectors. */
  public static Concatenate of() {
    return new Concatenate(0);
  }

  /** Along this axis of a sample. */
  public static Concatenate of(int axis) {
    return new Concatenate(axis);
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Parameters parameters, Pass pass) {
    Settings.several("concatenate", inputs);
    Shape first = inputs.get(0).shape();
    int along = axis < 0 ? axis + first.rank() : axis + 1;
    if (along < 1 || along >= first.rank()) {
      throw new ShapeException("concatenate: expected samples with an axis " + axis + ", got "
          + Settings.samples(inputs));
    }
    for (Tensor input : inputs) {
      Shape shape = input.shape();
      if (shape.rank() != first.rank() || !shape.with(along, first.dim(along)).equals(first)) {
        throw new ShapeException("concatenate: expected inputs that differ at axis " + axis + " alone, got "
            + Settings.samples(inputs));
      }
    }
    return Ops.concat(along, inputs.toArray(Tensor[]::new));
  }

  @Override
  public String toString() {
    return axis == 0 ? "Concatenate.of()" : "Concatenate.of(" + axis + ")";
  }
}
