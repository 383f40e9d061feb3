package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorOpTest {
  @Test
  void shape() {
    assertThat(new MeanSquaredErrorOp().infer(Shape.of(5, 3), Shape.of(5, 3))).isEqualTo(Shape.scalar());
    assertThat(new MeanSquaredErrorOp().keptBytes(Shape.of(4097), Shape.of(4097))).isEqualTo(16);
  }

  @Test
  void value() {
    Tensor prediction = Tensor.vector(1, 2, 3, 4);
    assertThat(Ops.meanSquaredError(prediction, Tensor.vector(2, 2, 1, 3)).item()).isEqualTo(1.5f);
    Golden golden = Golden.read("mean_squared_error");
    Tensor target = Golden.tensor(golden.setting("target"));
    golden.check(in -> Ops.meanSquaredError(in[0], target), "input");
  }

  /** More than one stretch: 10,000 differences of 2. */
  @Test
  void manyElements() {
    Shape shape = Shape.of(100, 100);
    assertThat(Ops.meanSquaredError(Tensor.full(shape, 3), Tensor.full(shape, 1)).item()).isEqualTo(4);
  }

  @Test
  void gradient() {
    Tensor prediction = Tensor.normal(Shape.of(5, 7), new RandomSource(3)).withGrad();
    Tensor target = Tensor.normal(Shape.of(5, 7), new RandomSource(4)).withGrad();
    OpContract.of(MeanSquaredErrorOp::new, prediction, target).holds();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new MeanSquaredErrorOp().infer(Shape.of(2, 3), Shape.of(3, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("mean_squared_error: expected a target of the prediction's shape [2, 3], got [3, 2]");
    assertThatThrownBy(() -> new MeanSquaredErrorOp().infer(Shape.of(2, 3))).isInstanceOf(ShapeException.class)
        .hasMessage("mean_squared_error: expected two inputs, a prediction and a target, or three with weights, got 1");
  }

  /** Squares 1 and 4, 9 and 0: weighted 2 (1 + 4) + 0.5 (9 + 0), over 4 elements. */
  @Test
  void weights() {
    Tensor prediction = Tensor.of(Shape.of(2, 2), 1, 2, 3, 0).withGrad();
    Tensor target = Tensor.zeros(Shape.of(2, 2)).withGrad();
    Tensor weights = Tensor.vector(2, 0.5f);
    Tensor loss = Ops.meanSquaredError(prediction, target, weights);
    loss.backward();
    assertThat(loss.item()).isEqualTo((2 * 5 + 0.5f * 9) / 4);
    assertThat(prediction.gradient().toArray()).containsExactly(1, 2, 0.75f, 0);
    OpContract.of(MeanSquaredErrorOp::new, prediction, target, weights).holds();
    OpContract.of(BinaryCrossEntropyFromLogitsOp::new, prediction, target, weights).holds();
    assertThat(Ops.binaryCrossEntropyFromLogits(prediction, target, null).item())
        .isEqualTo(Ops.binaryCrossEntropyFromLogits(prediction, target).item());
    assertThatThrownBy(() -> Ops.meanSquaredError(prediction, target, Tensor.vector(1)))
        .isInstanceOf(ShapeException.class).hasMessage("mean_squared_error: expected weights of the samples [2] for a"
            + " prediction [2, 2], got [1]");
  }
}
