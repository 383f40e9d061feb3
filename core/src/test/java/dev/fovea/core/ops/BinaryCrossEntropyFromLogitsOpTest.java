package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyFromLogitsOpTest {
  @Test
  void shape() {
    assertThat(new BinaryCrossEntropyFromLogitsOp().infer(Shape.of(5, 3), Shape.of(5, 3))).isEqualTo(Shape.scalar());
  }

  /** sigmoid(log 3) = 3/4. */
  @Test
  void value() {
    float log3 = (float) Math.log(3);
    float log4 = (float) Math.log(4);
    assertThat(Ops.binaryCrossEntropyFromLogits(Tensor.vector(log3, log3), Tensor.vector(0, 1)).item())
        .isCloseTo((log4 + (log4 - log3)) / 2, within(1e-6f));
    Golden golden = Golden.read("binary_cross_entropy_from_logits");
    Tensor target = Golden.tensor(golden.setting("target"));
    golden.check(in -> Ops.binaryCrossEntropyFromLogits(in[0], target), "logits");
  }

  @Test
  void noLogitIsTooLarge() {
    Tensor logits = Tensor.vector(1000, -1000, 1000, -1000).withGrad();
    Tensor loss = Ops.binaryCrossEntropyFromLogits(logits, Tensor.vector(1, 0, 0, 1));
    loss.backward();
    assertThat(loss.item()).isEqualTo(500);
    assertThat(logits.gradient().toArray()).containsExactly(0, 0, 0.25f, -0.25f);
  }

  /** sigmoid(20) is 1 - 2.06e-9, in float32 1: the loss and its gradient are told from 0. */
  @Test
  void anAnswerThatIsNearlyRight() {
    Tensor logits = Tensor.vector(20, -20).withGrad();
    Tensor loss = Ops.binaryCrossEntropyFromLogits(logits, Tensor.vector(1, 0));
    loss.backward();
    assertThat(loss.item()).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(logits.gradient().toArray())
        .containsExactly(new float[] {-1.0305768e-9f, 1.0305768e-9f}, within(1e-15f));
  }

  @Test
  void gradient() {
    Tensor logits = Tensor.normal(Shape.of(5, 7), new RandomSource(3)).withGrad();
    Tensor target = Ops.softmax(Tensor.normal(Shape.of(5, 7), new RandomSource(4))).withGrad();
    OpContract.of(BinaryCrossEntropyFromLogitsOp::new, logits, target).holds();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new BinaryCrossEntropyFromLogitsOp().infer(Shape.of(2, 1), Shape.of(2)))
        .isInstanceOf(ShapeException.class).hasMessage(
            "binary_cross_entropy_from_logits: expected a target of the prediction's shape [2, 1], got [2]");
  }
}
