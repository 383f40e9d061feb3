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

class CrossEntropyFromLogitsOpTest {
  private static final float LOG3 = (float) Math.log(3);
  private static final float LOG4 = (float) Math.log(4);

  @Test
  void shape() {
    assertThat(new CrossEntropyFromLogitsOp(0).infer(Shape.of(5, 3), Shape.of(5))).isEqualTo(Shape.scalar());
    assertThat(new CrossEntropyFromLogitsOp(0).infer(Shape.of(5, 3), Shape.of(5, 3))).isEqualTo(Shape.scalar());
    assertThat(new CrossEntropyFromLogitsOp(0).keptBytes(Shape.of(5, 3), Shape.of(5))).isEqualTo(2 * 5 * 3 * 4 + 5 * 8);
  }

  /** The probabilities are 1/4 and 3/4, then 1/2 and 1/2. */
  @Test
  void value() {
    Tensor logits = Tensor.of(Shape.of(2, 2), 0, LOG3, 8, 8);
    float expected = (LOG4 + (float) Math.log(2)) / 2;
    assertThat(Ops.crossEntropyFromLogits(logits, Tensor.vector(0, 1)).item()).isCloseTo(expected, within(1e-6f));
    assertThat(Ops.crossEntropyFromLogits(logits, Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)).item())
        .isCloseTo(expected, within(1e-6f));
    Tensor soft = Tensor.of(Shape.of(1, 2), 0.5f, 0.5f);
    assertThat(Ops.crossEntropyFromLogits(Tensor.of(Shape.of(1, 2), 0, LOG3), soft).item())
        .isCloseTo(LOG4 - LOG3 / 2, within(1e-6f));
  }

  @Test
  void golden() {
    for (String name : new String[] {
        "cross_entropy_from_logits", "cross_entropy_huge_logits", "cross_entropy_label_smoothing"}) {
      Golden golden = Golden.read(name);
      Tensor labels = Tensor.vector(Golden.floats(golden.setting("labels")));
      double smoothing = golden.setting("label_smoothing").asDouble(0);
      golden.check(in -> Ops.crossEntropyFromLogits(in[0], labels, smoothing), "logits");
    }
  }

  @Test
  void noScoreIsTooLarge() {
    Tensor logits = Tensor.of(Shape.of(1, 3), 1000, -1000, 0).withGrad();
    Tensor loss = Ops.crossEntropyFromLogits(logits, Tensor.vector(1));
    loss.backward();
    assertThat(loss.item()).isEqualTo(2000);
    assertThat(logits.gradient().toArray()).containsExactly(1, -1, 0);
    Tensor impossible = Tensor.of(Shape.of(1, 2), 0, Float.NEGATIVE_INFINITY);
    assertThat(Ops.crossEntropyFromLogits(impossible, Tensor.vector(0)).item()).isZero();
    assertThat(Ops.crossEntropyFromLogits(impossible, Tensor.vector(1)).item()).isEqualTo(Float.POSITIVE_INFINITY);
  }

  /** The loss is log(1 + e^-20), its slope the probability of the other class: small, and not 0. */
  @Test
  void aLabelThatIsNearlyCertain() {
    Tensor logits = Tensor.of(Shape.of(1, 2), 20, 0).withGrad();
    Tensor loss = Ops.crossEntropyFromLogits(logits, Tensor.vector(0));
    loss.backward();
    assertThat(loss.item()).isCloseTo(2.0611537e-9f, within(1e-15f));
    assertThat(logits.gradient().toArray())
        .containsExactly(new float[] {-2.0611537e-9f, 2.0611537e-9f}, within(1e-15f));
  }

  /** Class 0 has all the probability and, with smoothing, a share of 0.3 / 1000; a thousand shares sum to 1. */
  @Test
  void smoothingOverManyClasses() {
    Tensor logits = Tensor.zeros(Shape.of(1, 1000)).withGrad();
    logits.data()[0] = 1000;
    Ops.crossEntropyFromLogits(logits, Tensor.vector(1), 0.3).backward();
    assertThat(logits.gradient().get(0, 0)).isCloseTo(0.9997f, within(1e-6f));
    assertThat(logits.gradient().get(0, 1)).isCloseTo(-0.7003f, within(1e-6f));
  }

  /** The samples' losses are log 4 and log 2, divided by 2 whatever the weights are. */
  @Test
  void weights() {
    Tensor logits = Tensor.of(Shape.of(2, 2), 0, LOG3, 8, 8).withGrad();
    double log2 = Math.log(2);
    Tensor labels = Tensor.vector(0, 1);
    Tensor bySample = Ops.crossEntropyFromLogits(logits, labels, Tensor.vector(3, 0.5f), 0);
    assertThat(bySample.item()).isCloseTo((float) ((3 * 2 * log2 + 0.5 * log2) / 2), within(1e-6f));
    bySample.backward();
    assertThat(logits.gradient().toArray())
        .containsExactly(new float[] {-3 * 0.75f / 2, 3 * 0.75f / 2, 0.125f, -0.125f}, within(1e-6f));
    assertThat(Ops.crossEntropyFromLogits(logits, labels, null, 0, 3, 0.5f).item())
        .isCloseTo((float) ((3 * 2 * log2 + 0.5 * log2) / 2), within(1e-6f));
    assertThat(Ops.crossEntropyFromLogits(logits, labels, Tensor.vector(1, 2), 0, 3, 0.5f).item())
        .isCloseTo((float) ((3 * 2 * log2 + log2) / 2), within(1e-6f));
    // Half of the first label is the other class's, which weighs 2: -0.5 log 1/4 - 2 0.5 log 3/4.
    assertThat(Ops.crossEntropyFromLogits(Tensor.of(Shape.of(1, 2), 0, LOG3),
        Tensor.of(Shape.of(1, 2), 0.5f, 0.5f), null, 0, 1, 2).item())
        .isCloseTo((float) (log2 - Math.log(0.75)), within(1e-6f));
    assertThat(Ops.crossEntropyFromLogits(logits, labels, null, 0).item())
        .isEqualTo(Ops.crossEntropyFromLogits(logits, labels).item());
  }

  @Test
  void gradientWithWeights() {
    Tensor logits = Tensor.normal(Shape.of(3, 4), new RandomSource(3)).withGrad();
    Tensor weights = Tensor.vector(0, 0.5f, 3);
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0, 1, 0, 2, 0.5f), logits, Tensor.vector(0, 3, 2)).holds();
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0.2), logits, Tensor.vector(0, 3, 2), weights).holds();
    Tensor soft = Ops.softmax(Tensor.normal(Shape.of(3, 4), new RandomSource(4)).detach()).withGrad();
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0.2, 1, 0, 2, 0.5f), logits, soft, weights).holds();
  }

  @Test
  void gradient() {
    Tensor logits = Tensor.normal(Shape.of(4, 5), new RandomSource(3)).withGrad();
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0), logits, Tensor.vector(0, 4, 2, 2)).holds();
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0.2), logits, Tensor.vector(0, 4, 2, 2)).holds();
    Tensor soft = Ops.softmax(Tensor.normal(Shape.of(4, 5), new RandomSource(4)).detach()).withGrad();
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0), logits, soft).holds();
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0.2), logits, soft).holds();
    Tensor weighted = Tensor.full(Shape.of(4, 5), 0.7f);
    OpContract.of(() -> new CrossEntropyFromLogitsOp(0), logits, weighted).holds();
  }

  @Test
  void wholeLabelsNeverGetAGradient() {
    Tensor labels = Tensor.vector(0, 1).withGrad();
    Ops.crossEntropyFromLogits(Tensor.zeros(Shape.of(2, 2)).withGrad(), labels).backward();
    assertThat(labels.gradient()).isNull();
  }

  @Test
  void refusesLabels() {
    refusesLabel(10, "cross_entropy_from_logits: label of sample 3 is 10, expected 0 .. 9");
    refusesLabel(-1, "cross_entropy_from_logits: label of sample 3 is -1, expected 0 .. 9");
    refusesLabel(2.5f, "cross_entropy_from_logits: label of sample 3 is 2.5, expected a whole number, 0 .. 9");
    refusesLabel(Float.NaN, "cross_entropy_from_logits: label of sample 3 is NaN, expected a whole number, 0 .. 9");
    refusesLabel(Float.POSITIVE_INFINITY,
        "cross_entropy_from_logits: label of sample 3 is Infinity, expected a whole number, 0 .. 9");
  }

  private static void refusesLabel(float label, String message) {
    Tensor logits = Tensor.zeros(Shape.of(4, 10));
    assertThatThrownBy(() -> Ops.crossEntropyFromLogits(logits, Tensor.vector(0, 9, 3, label)))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void refuses() {
    refuses("cross_entropy_from_logits: expected weights of the samples [2] for scores [2, 3], got [3]", Shape.of(2, 3),
        Shape.of(2), Shape.of(3));
    assertThatThrownBy(() -> new CrossEntropyFromLogitsOp(0, 1, 2).infer(Shape.of(2, 3), Shape.of(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("cross_entropy_from_logits: expected the weights of 3 classes for scores [2, 3], got 2");
    assertThatThrownBy(() -> new CrossEntropyFromLogitsOp(0, 1, -2)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy_from_logits: the weight of class 1 must be at least 0 and finite, got -2.0");
    refuses("cross_entropy_from_logits: expected two inputs, scores and labels, or three with weights, got 1",
        Shape.of(2, 3));
    refuses("cross_entropy_from_logits: expected scores [N, K], got [2, 3, 4]", Shape.of(2, 3, 4), Shape.of(2));
    refuses("cross_entropy_from_logits: expected labels [32] or [32, 10] for scores [32, 10], got [31]",
        Shape.of(32, 10), Shape.of(31));
    assertThatThrownBy(() -> new CrossEntropyFromLogitsOp(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy_from_logits: label smoothing must be at least 0 and below 1, got 1.0");
    assertThatThrownBy(() -> new CrossEntropyFromLogitsOp(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy_from_logits: label smoothing must be at least 0 and below 1, got NaN");
  }

  private static void refuses(String message, Shape... in) {
    assertThatThrownBy(() -> new CrossEntropyFromLogitsOp(0).infer(in))
        .isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
