package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;
import dev.fovea.core.WeightedSumOp;
import org.junit.jupiter.api.Test;

class LayerNormalizationOpTest {
  private static final double EPSILON = 1e-5;

  @Test
  void shape() {
    Shape normalized = Shape.of(5, 6);
    assertThat(new LayerNormalizationOp(2, EPSILON).infer(Shape.of(4, 3, 5, 6), normalized, normalized))
        .isEqualTo(Shape.of(4, 3, 5, 6));
    assertThat(new LayerNormalizationOp(2, EPSILON).keptBytes(Shape.of(4, 3, 5, 6), normalized, normalized))
        .isEqualTo(3 * 4 * 4 * 3);
  }

  /** Mean 4 and variance 3 in the first sample, mean 10 and 3 in the second; epsilon 1 makes both deviations 2. */
  @Test
  void value() {
    float root3 = (float) Math.sqrt(3);
    Tensor x = Tensor.of(Shape.of(2, 2), 4 - root3, 4 + root3, 10 + root3, 10 - root3);
    Tensor y = Ops.layerNormalization(x, Tensor.vector(2, 4), Tensor.vector(0, 1), 1);
    float[] expected = {-root3, 1 + 2 * root3, root3, 1 - 2 * root3};
    assertThat(y.toArray()).containsExactly(expected, within(1e-5f));
    Golden.read("layernorm").check(
        in -> Ops.layerNormalization(in[0], in[1], in[2], EPSILON), "input", "weight", "bias");
  }

  /** The mean of 10,000,000 .. 10,000,005 is no float, nor is their sum. */
  @Test
  void aSampleFarFromZero() {
    Tensor near = Tensor.of(Shape.of(1, 6), 0, 1, 2, 3, 4, 5).withGrad();
    Tensor far = Ops.affine(near, 1, 1e7f).detach().withGrad();
    Tensor weight = Tensor.vector(1, 2, 3, 4, 5, 6);
    Tensor slopes = Tensor.of(Shape.of(1, 6), 1, -1, 2, 0, -3, 1);
    Tensor yNear = Ops.layerNormalization(near, weight, Tensor.zeros(weight.shape()), EPSILON);
    Tensor yFar = Ops.layerNormalization(far, weight, Tensor.zeros(weight.shape()), EPSILON);
    Tape.apply(new WeightedSumOp(), yNear, slopes).backward();
    Tape.apply(new WeightedSumOp(), yFar, slopes).backward();
    assertThat(yFar.toArray()).containsExactly(yNear.toArray(), within(1e-5f));
    assertThat(far.gradient().toArray()).containsExactly(near.gradient().toArray(), within(1e-5f));
  }

  @Test
  void gradient() {
    Tensor x = TestTensors.random(3, 2, 4, 5);
    OpContract.of(() -> new LayerNormalizationOp(1, EPSILON), x, TestTensors.random(5), TestTensors.random(5)).holds();
    OpContract.of(() -> new LayerNormalizationOp(3, EPSILON), x,
        TestTensors.random(2, 4, 5), TestTensors.random(2, 4, 5)).holds();
  }

  @Test
  void refuses() {
    Shape six = Shape.of(6);
    refuses("layer_normalization: expected three inputs, x, weight and bias, got 1", six);
    refuses("layer_normalization: expected an input of at least 2 axes, got [6]", six, six, six);
    refuses("layer_normalization: expected weight and bias [5, 6] for an input [4, 5, 6], got [6] and [5, 6]",
        Shape.of(4, 5, 6), six, Shape.of(5, 6));
    assertThatThrownBy(() -> new LayerNormalizationOp(0, EPSILON)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer_normalization: the number of axes must be at least 1, got 0");
    assertThatThrownBy(() -> new LayerNormalizationOp(1, -1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer_normalization: epsilon must be above 0, got -1.0");
  }

  private static void refuses(String message, Shape... in) {
    assertThatThrownBy(() -> new LayerNormalizationOp(2, EPSILON).infer(in))
        .isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
