package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Add, Multiply and Concatenate. */
class MergeTest {
  private static final Tensor A = Tensor.of(Shape.of(1, 2, 1, 2), 1, 2, 3, 4);
  private static final Tensor B = Tensor.of(Shape.of(1, 2, 1, 2), 10, 20, 30, 40);
  private static final Tensor GATE = Tensor.of(Shape.of(1, 2, 1, 1), 2, 3);

  private static Tensor merged(Merge merge, Tensor... inputs) {
    return merge.forward(List.of(inputs), Parameters.symbolic(List.of()), Pass.inference());
  }

  /** The inferred shape is the computed one, it comes back from JSON, and its gradient agrees with its values. */
  private static void holds(Merge merge, String code, String output, int[]... samples) {
    assertThat(merge).hasToString(code);
    List<Shape> shapes = Arrays.stream(samples).map(Shape::of).toList();
    assertThat(merge.outputShape(shapes)).hasToString(output);
    LayerCodec codec = new LayerCodec(LayerRegistry.standard());
    String json = codec.write(merge).toString();
    assertThat(codec.read(JsonMapper.shared().readTree(json), Part.class, "nodes[0]")).isEqualTo(merge);
    RandomSource random = new RandomSource(1);
    Tensor[] inputs = shapes.stream().map(shape -> Tensor.normal(shape.prepend(3), random).withGrad())
        .toArray(Tensor[]::new);
    assertThat(merged(merge, inputs).shape()).isEqualTo(merge.outputShape(shapes).prepend(3));
    GradientCheck.of(in -> merged(merge, in), inputs).step(0.5f).run().orThrow(2e-5);
  }

  private static void refused(Merge merge, String message, int[]... samples) {
    assertThatThrownBy(() -> merge.outputShape(Arrays.stream(samples).map(Shape::of).toList()))
        .isInstanceOf(ShapeException.class).hasMessage(message);
  }

  @Test
  void shapesAndGradients() {
    holds(Add.of(), "Add.of()", "[2, 3, 4]", new int[] {2, 3, 4}, new int[] {2, 3, 4}, new int[] {2, 3, 4});
    holds(Multiply.of(), "Multiply.of()", "[5]", new int[] {5}, new int[] {5}, new int[] {5});
    holds(Multiply.of(), "Multiply.of()", "[2, 3, 4]", new int[] {2, 3, 4}, new int[] {2, 1, 1}, new int[] {1, 3, 4});
    holds(Multiply.of(), "Multiply.of()", "[2, 3, 4]", new int[] {2, 1, 1}, new int[] {1, 3, 4});
    holds(Concatenate.of(), "Concatenate.of()", "[6, 3, 4]", new int[] {2, 3, 4}, new int[] {1, 3, 4},
        new int[] {3, 3, 4});
    holds(Concatenate.of(2), "Concatenate.of(2)", "[2, 3, 5]", new int[] {2, 3, 4}, new int[] {2, 3, 1});
    holds(Concatenate.of(-2), "Concatenate.of(-2)", "[2, 4, 4]", new int[] {2, 3, 4}, new int[] {2, 1, 4});
    holds(Concatenate.of(), "Concatenate.of()", "[7]", new int[] {3}, new int[] {4});
  }

  @Test
  void values() {
    assertThat(merged(Add.of(), A, B, A).toArray()).containsExactly(12, 24, 36, 48);
    assertThat(merged(Multiply.of(), A, B).toArray()).containsExactly(10, 40, 90, 160);
    assertThat(merged(Multiply.of(), A, GATE).toArray()).containsExactly(2, 4, 9, 12);
    assertThat(merged(Multiply.of(), GATE, A).toArray()).containsExactly(2, 4, 9, 12);
    assertThat(merged(Concatenate.of(), A, B).toArray()).containsExactly(1, 2, 3, 4, 10, 20, 30, 40);
    assertThat(merged(Concatenate.of(-1), A, B).toArray()).containsExactly(1, 2, 10, 20, 3, 4, 30, 40);
  }

  @Test
  void refuses() {
    refused(Add.of(), "add: expected two inputs or more, got 1", new int[] {2});
    refused(Add.of(), "add: expected inputs of one shape, got [2, 3, 4], [2, 3, 4] and [2, 1, 1]",
        new int[] {2, 3, 4}, new int[] {2, 3, 4}, new int[] {2, 1, 1});
    refused(Multiply.of(), "multiply: expected two inputs or more, got 1", new int[] {2});
    refused(Multiply.of(), "multiply: expected inputs of one shape, or with axes of length 1 where they differ, got "
        + "[2, 3, 4] and [3, 1, 1]", new int[] {2, 3, 4}, new int[] {3, 1, 1});
    refused(Multiply.of(), "multiply: expected inputs of one shape, or with axes of length 1 where they differ, got "
        + "[2, 3, 4] and [4]", new int[] {2, 3, 4}, new int[] {4});
    refused(Concatenate.of(), "concatenate: expected two inputs or more, got 1", new int[] {2});
    refused(Concatenate.of(), "concatenate: expected inputs that differ at axis 0 alone, got [2, 3, 4] and [2, 3, 5]",
        new int[] {2, 3, 4}, new int[] {2, 3, 5});
    refused(Concatenate.of(), "concatenate: expected inputs that differ at axis 0 alone, got [2, 3, 4] and [2]",
        new int[] {2, 3, 4}, new int[] {2});
    refused(Concatenate.of(3), "concatenate: expected samples with an axis 3, got [2, 3, 4] and [2, 3, 4]",
        new int[] {2, 3, 4}, new int[] {2, 3, 4});
    refused(Concatenate.of(-4), "concatenate: expected samples with an axis -4, got [2, 3, 4] and [2, 3, 4]",
        new int[] {2, 3, 4}, new int[] {2, 3, 4});
  }
}
