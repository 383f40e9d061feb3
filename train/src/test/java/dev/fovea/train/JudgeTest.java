package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Tensor PREDICTION = Tensor.of(Shape.of(3, 3),
      0.1f, 0.7f, 0.2f,
      0.5f, 0.5f, 0f,
      0.2f, 0.3f, 0.5f);

  @Test
  void labels() {
    Judge judge = new Judge(Loss.sparseCategoricalCrossEntropy(), Shape.of(3));
    assertThat(judge.hits(PREDICTION, Tensor.vector(1, 0, 0))).isEqualTo(2);
    assertThat(judge.classes()).isEqualTo(3);
  }

  @Test
  void distributions() {
    Judge judge = new Judge(Loss.categoricalCrossEntropy(), Shape.of(3));
    Tensor y = Tensor.of(Shape.of(3, 3), 0, 1, 0, 0.4f, 0.6f, 0, 0, 0, 1);
    assertThat(judge.hits(PREDICTION, y)).as("of equal scores the first counts").isEqualTo(2);
  }

  @Test
  void yesOrNo() {
    Tensor y = Tensor.of(Shape.of(2, 2), 1, 0, 1, 1);
    Tensor p = Tensor.of(Shape.of(2, 2), 0.7f, 0.2f, 0.4f, 0.9f);
    assertThat(new Judge(Loss.binaryCrossEntropy(), Shape.of(2)).hits(p, y)).isEqualTo(1.5);
    Tensor scores = Tensor.of(Shape.of(2, 2), 0.2f, -3, -0.1f, 9);
    assertThat(new Judge(Loss.binaryCrossEntropy().fromLogits(), Shape.of(2)).hits(scores, y)).isEqualTo(1.5);
    assertThat(new Judge(Loss.binaryCrossEntropy(), Shape.of(2)).classes()).isZero();
    assertThat(new Judge(Loss.binaryCrossEntropy(), Shape.of(1)).classes()).isEqualTo(2);
  }

  @Test
  void values() {
    Judge judge = new Judge(Loss.meanSquaredError(), Shape.of(3));
    assertThat(judge.judges()).isFalse();
    assertThat(judge.hits(PREDICTION, PREDICTION)).isNaN();
  }

  @Test
  void addsUpToAnEvaluation() {
    Judge judge = new Judge(Loss.sparseCategoricalCrossEntropy(), Shape.of(3));
    Scores scores = new Scores(judge, List.of("a", "b"), 4);
    scores.add(PREDICTION, Tensor.vector(1, 1, 0), 0.5);
    scores.add(Tensor.of(Shape.of(1, 3), 0, 0, 1), Tensor.vector(2), 0.1);
    Evaluation evaluation = scores.evaluation();
    assertThat(evaluation.samples()).isEqualTo(4);
    assertThat(evaluation.loss()).as("a short batch counts less").isCloseTo(0.4, within(1e-12));
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
    assertThat(evaluation.topAccuracy(1)).isEqualTo(0.5);
    assertThat(evaluation.topAccuracy(2)).isEqualTo(0.75);
    assertThat(evaluation.topAccuracy(9)).isEqualTo(1);
    assertThat(evaluation).hasToString("""
        samples              4
        loss            0.4000
        accuracy        0.5000
        top-2 accuracy  0.7500

        rows: actual class, columns: predicted class
                      a    b     2  recall%
        a             0    0     1      0.0
        b             1    1     0     50.0
        2             0    0     1      100
        precision%  0.0  100  50.0""");
  }

  @Test
  void addsUpValues() {
    Scores scores = new Scores(new Judge(Loss.meanSquaredError(), Shape.of(3)), List.of(), 3);
    scores.add(PREDICTION, PREDICTION, 2e-5);
    Evaluation evaluation = scores.evaluation();
    assertThat(evaluation.accuracy()).isNaN();
    assertThat(evaluation.confusion()).isEmpty();
    assertThat(evaluation).hasToString("samples          3\nloss     2.000e-05");
    assertThatThrownBy(() -> evaluation.topAccuracy(1)).isInstanceOf(IllegalStateException.class)
        .hasMessage("top-k accuracy: the targets of this loss are no classes");
    assertThatThrownBy(() -> evaluation.topAccuracy(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("top-k accuracy: k must be at least 1, got 0");
  }
}
