package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Where branches of a {@link Graph} meet: a {@link Layer} in all but that it takes several inputs. An immutable value,
 * which owns no weights.
 *
 * <p>A merge of one's own is a record with this interface; its gradient comes from the operations it applies.
 *
 * <pre>{@code
 * record Difference() implements Merge {
 *   public Tensor forward(List<Tensor> inputs, Parameters parameters, Pass pass) {
 *     return Ops.subtract(inputs.get(0), inputs.get(1));
 *   }
 * }
 * }</pre>
 */
public non-sealed interface Merge extends Part {
  /**
   * The parameters this merge needs, in a fixed order; none if not overridden.
   *
   * @param inputs the shapes of one sample of each input, without the batch axis
   * @throws ShapeException if such inputs cannot be merged
   */
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Computes the output of a batch. Works on tensors without data as well: whatever the merge does goes through
   * operations.
   *
   * @param inputs the batches in their order, each a sample's shape with the batch axis in front
   * @param parameters what {@link #parameters} asked for, by the same names
   * @param pass training or inference
   * @throws ShapeException if the inputs do not fit each other, or the parameters
   */
  Tensor forward(List<Tensor> inputs, Parameters parameters, Pass pass);

  /**
   * The shape of one output sample for input samples of these shapes, found by running {@link #forward} on tensors
   * without data.
   *
   * @throws ShapeException if the inputs do not fit each other
   */
  default Shape outputShape(List<Shape> inputs) {
    List<Tensor> batches = new ArrayList<>();
    for (Shape input : inputs) {
      batches.add(Tensor.symbolic(input.prepend(1)));
    }
    return forward(batches, Parameters.symbolic(parameters(inputs)), Pass.inference()).shape().dropFirst();
  }
}
