package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.List;

/**
 * y = x1 * x2 * ..., element by element: how a gate opens and closes. All inputs have as many axes; one of length 1 is
 * stretched, so that a factor for each channel {@code [C, 1, 1]} or for each place {@code [1, H, W]} multiplies
 * pictures {@code [C, H, W]}, as in squeeze-and-excitation (Hu and others 2018).
 */
public record Multiply() implements Merge {
  /** The product; it has no settings. */
  public static Multiply of() {
    return new Multiply();
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Parameters parameters, Pass pass) {
    Settings.several("multiply", inputs);
    Tensor product = inputs.get(0);
    for (Tensor input : inputs.subList(1, inputs.size())) {
      if (!stretches(product.shape(), input.shape())) {
        throw new ShapeException("multiply: expected inputs of one shape, or with axes of length 1 where they differ, "
            + "got " + Settings.samples(inputs));
      }
      product = Ops.multiply(product, input);
    }
    return product;
  }

  private static boolean stretches(Shape a, Shape b) {
    boolean fits = a.rank() == b.rank();
    for (int axis = 0; fits && axis < a.rank(); axis++) {
      fits = a.dim(axis) == b.dim(axis) || a.dim(axis) == 1 || b.dim(axis) == 1;
    }
    return fits;
  }

  @Override
  public String toString() {
    return "Multiply.of()";
  }
}
