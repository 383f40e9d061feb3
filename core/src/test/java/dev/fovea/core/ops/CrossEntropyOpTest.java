package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.OpContract;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;

class CrossEntropyOpTest {
  private static final float LOG2 = (float) Math.log(2);
  private static final float LOG4 = (float) Math.log(4);

  @Test
  void shape() {
    assertThat(new CrossEntropyOp(0).infer(Shape.of(5, 3), Shape.of(5))).isEqualTo(Shape.scalar());
    assertThat(new CrossEntropyOp(0).infer(Shape.of(5, 3), Shape.of(5, 3))).isEqualTo(Shape.scalar());
  }

  @Test
  void value() {
    Tensor p = Tensor.of(Shape.of(2, 3), 0.25f, 0.5f, 0.25f, 1, 0, 0);
    assertThat(Ops.crossEntropy(p, Tensor.vector(0, 0)).item()).isCloseTo(LOG4 / 2, within(1e-6f));
    assertThat(Ops.crossEntropy(p, Tensor.of(Shape.of(2, 3), 0, 0.5f, 0.5f, 1, 0, 0)).item())
        .isCloseTo((LOG2 + LOG4) / 4, within(1e-6f));
    Tensor half = Tensor.of(Shape.of(1, 2), 0.5f, 0.5f);
    assertThat(Ops.crossEntropy(half, Tensor.vector(1), 0.1).item()).isCloseTo(LOG2, within(1e-6f));
  }

  @Test
  void agreesWithTheLossFromLogits() {
    Tensor logits = Tensor.normal(Shape.of(4, 5), new RandomSource(3)).withGrad();
    Tensor labels = Tensor.vector(0, 4, 2, 2);
    Tensor direct = Ops.crossEntropyFromLogits(logits, labels, 0.1);
    direct.backward();
    float[] expected = logits.gradient().toArray();
    logits.zeroGrad();
    Tensor byWay = Ops.crossEntropy(Ops.softmax(logits), labels, 0.1);
    byWay.backward();
    assertThat(byWay.item()).isCloseTo(direct.item(), within(1e-6f));
    assertThat(logits.gradient().toArray()).containsExactly(expected, within(1e-6f));
  }

  /** 0 counts as 1e-7, whose logarithm is -16.118; what is cut off gets no gradient. */
  @Test
  void probabilitiesAreKeptAwayFromZero() {
    Tensor p = Tensor.of(Shape.of(1, 2), 0, 1).withGrad();
    Tensor loss = Ops.crossEntropy(p, Tensor.vector(0));
    loss.backward();
    assertThat(loss.item()).isCloseTo(16.118095f, within(1e-5f));
    assertThat(p.gradient().toArray()).containsExactly(new float[] {0, 0}, within(0f));
    assertThat(Ops.crossEntropy(Tensor.of(Shape.of(1, 2), Float.NaN, 1), Tensor.vector(0)).item()).isNaN();
  }

  /** log 4 and log 2, weighted, divided by 2 whatever the weights are. */
  @Test
  void weights() {
    Tensor p = Tensor.of(Shape.of(2, 2), 0.25f, 0.75f, 0.5f, 0.5f).withGrad();
    Tensor loss = Ops.crossEntropy(p, Tensor.vector(0, 1), Tensor.vector(3, 2), 0, 1, 0.5f);
    assertThat(loss.item()).isCloseTo((float) ((3 * 2 + 2 * 0.5) * Math.log(2) / 2), within(1e-6f));
    Tensor weights = Tensor.vector(0.5f, 3);
    OpContract.of(() -> new CrossEntropyOp(0.2, 1, 2), p, Tensor.vector(0, 1), weights).step(1e-3f, 2e-3).holds();
    Tensor soft = Tensor.of(Shape.of(2, 2), 0.5f, 0.5f, 0.2f, 0.8f).withGrad();
    OpContract.of(() -> new CrossEntropyOp(0), p, soft, weights).step(1e-3f, 2e-3).holds();
  }

  @Test
  void gradient() {
    Tensor p = Ops.softmax(Tensor.normal(Shape.of(4, 5), new RandomSource(3))).withGrad();
    OpContract.of(() -> new CrossEntropyOp(0), p, Tensor.vector(0, 4, 2, 2)).step(1e-3f, 2e-3).holds();
    OpContract.of(() -> new CrossEntropyOp(0.2), p, Tensor.vector(0, 4, 2, 2)).step(1e-3f, 2e-3).holds();
    Tensor soft = Ops.softmax(Tensor.normal(Shape.of(4, 5), new RandomSource(4))).withGrad();
    OpContract.of(() -> new CrossEntropyOp(0.2), p, soft).step(1e-3f, 2e-3).holds();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> new CrossEntropyOp(0).infer(Shape.of(2, 3), Shape.of(2), Shape.of(3)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cross_entropy: expected weights of the samples [2] for scores [2, 3], got [3]");
    assertThatThrownBy(() -> new CrossEntropyOp(0, 1, 2).infer(Shape.of(2, 3), Shape.of(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cross_entropy: expected the weights of 3 classes for scores [2, 3], got 2");
    assertThatThrownBy(() -> new CrossEntropyOp(0, 1, -2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy: the weight of class 1 must be at least 0 and finite, got -2.0");
    assertThatThrownBy(() -> Ops.crossEntropy(Tensor.zeros(Shape.of(1, 10)), Tensor.vector(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy: label of sample 0 is 10, expected 0 .. 9");
    assertThatThrownBy(() -> new CrossEntropyOp(-0.1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy: label smoothing must be at least 0 and below 1, got -0.1");
  }
}
