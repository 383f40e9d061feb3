package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;

/**
 * The same values, in the same order, under another shape of the sample.
 *
 * @param shape one sample's shape afterwards
 */
public record Reshape(Shape shape) implements Layer {
  /** Checks that there is a shape. */
  public Reshape {
    Settings.present("reshape", "a shape", shape);
  }

  /** To samples of these axis lengths. */
  public static Reshape of(int... lengths) {
    return new Reshape(Shape.of(lengths));
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Shape sample = input.shape().dropFirst();
    if (sample.elements() != shape.elements()) {
      throw new ShapeException("reshape: expected " + shape.elements() + " = " + shape.crossed() + " values, got "
          + sample.crossed() + " = " + sample.elements());
    }
    return Ops.reshape(input, shape.prepend(input.shape().dim(0)).toArray());
  }

  @Override
  public String toString() {
    String lengths = shape.toString();
    return "Reshape.of(" + lengths.substring(1, lengths.length() - 1) + ")";
  }
}
