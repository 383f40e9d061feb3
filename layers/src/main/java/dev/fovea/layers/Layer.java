package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.List;

/**
 * One step of a model, as an immutable value: its settings, which parameters these need, and how to compute. It owns no
 * weights, so equal records are interchangeable, the same one may stand in two models, and many threads may share it.
 *
 * <p>A layer of one's own is a record with this interface; its gradient comes from the operations it applies.
 *
 * <pre>{@code
 * record Scale(double start) implements Layer {
 *   public List<ParameterSpec> parameters(Shape input) {
 *     return List.of(ParameterSpec.of("factor", Shape.of(1), Initializer.constant(start)));
 *   }
 *
 *   public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
 *     return Ops.multiply(input, parameters.get("factor"));
 *   }
 * }
 * }</pre>
 */
public non-sealed interface Layer extends Part {
  /**
   * The parameters this layer needs, in a fixed order; none if not overridden.
   *
   * @param input the shape of one sample, without the batch axis: {@code [C, H, W]} for pictures, {@code [F]} for
   *     vectors
   * @throws ShapeException if the layer cannot stand behind such an input
   */
  default List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /**
   * Computes the output of a batch. Works on tensors without data as well: whatever the layer does goes through
   * operations.
   *
   * @param input the batch: the sample's shape with the batch axis in front, {@code [N, C, H, W]} for pictures
   * @param parameters what {@link #parameters} asked for, by the same names
   * @param pass training or inference
   * @throws ShapeException if the input does not fit the layer or its parameters
   */
  Tensor forward(Tensor input, Parameters parameters, Pass pass);

  /**
   * The shape of one output sample for one input sample of this shape, found by running {@link #forward} on a tensor
   * without data: the shape rule of the operations is the only one there is.
   *
   * @throws ShapeException if the input does not fit
   */
  default Shape outputShape(Shape input) {
    Tensor batch = Tensor.symbolic(input.prepend(1));
    return forward(batch, Parameters.symbolic(parameters(input)), Pass.inference()).shape().dropFirst();
  }
}
