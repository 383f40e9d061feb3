package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Activation;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures that a person can redo. */
class MetricsTest {
  private static final Offset<Double> CLOSE = within(1e-6);
  private static final List<String> NAMES = List.of("a", "b", "c");

  private static Evaluation evaluation(Loss loss, Shape output, Tensor prediction, Tensor target) {
    Scores scores = new Scores(new Judge(loss, output), NAMES, target.shape().dim(0));
    scores.add(prediction, target, 1);
    return scores.evaluation();
  }

  private static Evaluation ofOneClass(float[] positive, float... labels) {
    Tensor p = Tensor.of(Shape.of(positive.length, 1), positive);
    return evaluation(Loss.binaryCrossEntropy(), Shape.of(1), p, Tensor.vector(labels));
  }

  /** a: 3 of 4 recognized, 1 taken for b; b: 1 of 2, 1 taken for a; c: none of 1, taken for a. */
  @Test
  void precisionRecallAndF1() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(NAMES, new int[] {0, 0, 0, 0, 1, 1, 2}, new int[] {0, 0, 0, 1, 1, 0, 0});
    assertThat(matrix.precision(0)).isEqualTo(3 / 5.0);
    assertThat(matrix.recall(0)).isEqualTo(3 / 4.0);
    assertThat(matrix.f1(0)).isEqualTo(6 / 9.0);
    assertThat(matrix.f1(1)).isEqualTo(0.5);
    assertThat(matrix.precision(2)).isNaN();
    assertThat(matrix.f1(2)).isZero();
    assertThat(matrix.precision(Average.MACRO)).isCloseTo((0.6 + 0.5 + 0) / 3, CLOSE);
    assertThat(matrix.recall(Average.MACRO)).isCloseTo((0.75 + 0.5 + 0) / 3, CLOSE);
    assertThat(matrix.f1(Average.MACRO)).isCloseTo((6 / 9.0 + 0.5) / 3, CLOSE);
    assertThat(matrix.precision(Average.WEIGHTED)).isCloseTo((4 * 0.6 + 2 * 0.5) / 7, CLOSE);
    assertThat(matrix.recall(Average.WEIGHTED)).isCloseTo(4 / 7.0, CLOSE);
    assertThat(matrix.f1(Average.WEIGHTED)).isCloseTo((4 * 6 / 9.0 + 2 * 0.5) / 7, CLOSE);
    for (double micro : new double[] {
        matrix.precision(Average.MICRO), matrix.recall(Average.MICRO), matrix.f1(Average.MICRO)}) {
      assertThat(micro).isEqualTo(4 / 7.0);
    }
    ConfusionMatrix unseen = ConfusionMatrix.of(NAMES, new int[] {0, 1}, new int[] {0, 1});
    assertThat(unseen.f1(2)).isNaN();
    assertThat(unseen.f1(Average.MACRO)).as("a class that never came up is left out").isEqualTo(1);
  }

  /** Of the pairs (0.35, 0.8) over (0.1, 0.4) three are in order. */
  @Test
  void rocAuc() {
    assertThat(ofOneClass(new float[] {0.1f, 0.4f, 0.35f, 0.8f}, 0, 0, 1, 1).rocAuc(1)).isEqualTo(0.75);
    assertThat(ofOneClass(new float[] {0.1f, 0.4f, 0.35f, 0.8f}, 1, 1, 0, 0).rocAuc(1)).isEqualTo(0.25);
    assertThat(ofOneClass(new float[] {0.1f, 0.2f, 0.3f}, 0, 0, 1).rocAuc(1)).isEqualTo(1);
    assertThat(ofOneClass(new float[] {0.1f, 0.2f}, 1, 1).rocAuc(1)).isNaN();
  }

  /** All tied: a coin's throw. Of the four pairs of the second, one is won, two are tied, one is lost. */
  @Test
  void rocAucOfTies() {
    assertThat(ofOneClass(new float[] {0.5f, 0.5f, 0.5f}, 0, 1, 1).rocAuc(1)).isEqualTo(0.5);
    assertThat(ofOneClass(new float[] {0.5f, 0.2f, 0.5f, 0.2f}, 0, 0, 1, 1).rocAuc(1)).isEqualTo(0.5);
    assertThat(ofOneClass(new float[] {0, 0, 0.7f, 0.7f, 0.7f}, 0, 0, 0, 1, 1).rocAuc(1))
        .isCloseTo((2 * 2 + 2 * 0.5) / 6, CLOSE);
  }

  /**
   * Class a against the rest: 0.7, 0.4 over 0.3, 0.2 and 0.4: 5.5 of 6 pairs; b: 0.5, 0.2 over 0.2, 0.3, 0.1: 4.5 of
   * 6; c: 0.5 over 0.1, 0.3, 0.3, 0.4: 4 of 4.
   */
  @Test
  void rocAucOfManyClasses() {
    Tensor p = Tensor.of(Shape.of(5, 3),
        0.7f, 0.2f, 0.1f,
        0.4f, 0.3f, 0.3f,
        0.2f, 0.5f, 0.3f,
        0.4f, 0.2f, 0.4f,
        0.3f, 0.1f, 0.5f);
    Evaluation evaluation =
        evaluation(Loss.sparseCategoricalCrossEntropy(), Shape.of(3), p, Tensor.vector(0, 0, 1, 1, 2));
    assertThat(evaluation.rocAuc(0)).isCloseTo(5.5 / 6, CLOSE);
    assertThat(evaluation.rocAuc(1)).isCloseTo(4.5 / 6, CLOSE);
    assertThat(evaluation.rocAuc(2)).isEqualTo(1);
    assertThat(evaluation.rocAuc(Average.MACRO)).isCloseTo((5.5 / 6 + 4.5 / 6 + 1) / 3, CLOSE);
    assertThat(evaluation.rocAuc(Average.WEIGHTED)).isCloseTo((2 * 5.5 / 6 + 2 * 4.5 / 6 + 1) / 5, CLOSE);
    // Right ones 0.7, 0.4, 0.5, 0.2, 0.5 over 0.2 0.1 0.3 0.3 0.2 0.3 0.4 0.4 0.3 0.1: 10 + 9 + 10 + 3 + 10 of 50.
    assertThat(evaluation.rocAuc(Average.MICRO)).isCloseTo((10 + 9 + 10 + 3 + 10) / 50.0, CLOSE);
    assertThat(evaluation.logLoss())
        .isCloseTo(-(Math.log(0.7) + Math.log(0.4) + 2 * Math.log(0.5) + Math.log(0.2)) / 5, CLOSE);
    // Sure and right: 0.7; 0.4 twice, right once; 0.5 twice, right twice.
    assertThat(evaluation.calibration(15).error()).isCloseTo((0.3 + 2 * 0.1 + 2 * 0.5) / 5, CLOSE);
    assertThat(evaluation.report()).isEqualTo("""
                  precision  recall      F1  ROC AUC  samples
        a            0.6667  1.0000  0.8000   0.9167        2
        b            1.0000  0.5000  0.6667   0.7500        2
        c            1.0000  1.0000  1.0000   1.0000        1
        macro        0.8889  0.8333  0.8222   0.8889        5
        micro        0.8000  0.8000  0.8000   0.8400        5
        weighted     0.8667  0.8000  0.7867   0.8667        5

        log loss 0.8537, expected calibration error 0.3000""");
    assertThatThrownBy(() -> evaluation.rocAuc(3)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ROC AUC: expected a class of 0..2, got 3");
  }

  /** In two bins: 0.5 of which none is right, and 0.6, 0.8, 1 of which two are. */
  @Test
  void calibration() {
    Calibration calibration =
        Calibration.of(2, new float[] {0.5f, 0.6f, 0.8f, 1}, new boolean[] {false, true, false, true});
    assertThat(calibration.bins().get(0)).isEqualTo(new Calibration.Bin(0, 0.5, 1, 0.5, 0));
    Calibration.Bin upper = calibration.bins().get(1);
    assertThat(upper.samples()).isEqualTo(3);
    assertThat(upper.confidence()).isCloseTo(0.8, CLOSE);
    assertThat(upper.accuracy()).isCloseTo(2 / 3.0, CLOSE);
    assertThat(calibration.error()).isCloseTo((0.5 + 3 * (0.8 - 2 / 3.0)) / 4, CLOSE);
    Calibration sure = Calibration.of(10, new float[] {1, 1, 0}, new boolean[] {true, true, false});
    assertThat(sure.error()).isZero();
    assertThat(sure.bins().get(5).accuracy()).isNaN();
    assertThat(sure.bins().get(0).samples()).isEqualTo(1);
    assertThatThrownBy(() -> ofOneClass(new float[] {0.5f}, 1).calibration(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("calibration: the number of bins must be at least 1, got 0");
  }

  /** Scores become probabilities first. */
  @Test
  void ofLogits() {
    float log3 = (float) Math.log(3);
    Evaluation two = evaluation(Loss.sparseCategoricalCrossEntropy().fromLogits(), Shape.of(2),
        Tensor.of(Shape.of(2, 2), 0, log3, 1000, 1000), Tensor.vector(0, 1));
    assertThat(two.logLoss()).isCloseTo((Math.log(4) + Math.log(2)) / 2, CLOSE);
    Evaluation one = evaluation(Loss.binaryCrossEntropy().fromLogits(), Shape.of(1),
        Tensor.of(Shape.of(1, 1), log3), Tensor.vector(1));
    assertThat(one.logLoss()).isCloseTo(-Math.log(0.75), CLOSE);
    Evaluation impossible = evaluation(Loss.sparseCategoricalCrossEntropy(), Shape.of(2),
        Tensor.of(Shape.of(1, 2), 0, 1), Tensor.vector(0));
    assertThat(impossible.logLoss()).isCloseTo(-Math.log(1e-7), CLOSE);
  }

  @Test
  void ofATrainer() {
    Trainer trainer = Trainer.of(Sequential.of(Pictures.SAMPLE, 1, Flatten.of(),
        Dense.of(3).withActivation(Activation.SOFTMAX)), Sgd.of(0.01), Loss.sparseCategoricalCrossEntropy());
    Evaluation evaluation = trainer.evaluate(Pictures.generate(300, 1));
    assertThat(evaluation.logLoss()).isCloseTo(evaluation.loss(), within(1e-5));
    assertThat(evaluation.calibration(15).bins().stream().mapToLong(Calibration.Bin::samples).sum()).isEqualTo(300);
    assertThat(evaluation.rocAuc(Average.MACRO)).isBetween(0.0, 1.0);
  }

  @Test
  void refusesValues() {
    Evaluation values = evaluation(Loss.meanSquaredError(), Shape.of(2), Tensor.zeros(Shape.of(1, 2)),
        Tensor.zeros(Shape.of(1, 2)));
    assertThatThrownBy(values::logLoss).isInstanceOf(IllegalStateException.class)
        .hasMessage("log loss: the targets of this loss are no classes");
    assertThatThrownBy(values::report).isInstanceOf(IllegalStateException.class)
        .hasMessage("report: the targets of this loss are no classes");
    Scores many = new Scores(new Judge(Loss.sparseCategoricalCrossEntropy(), Shape.of(2)), NAMES, 1 << 27);
    many.add(Tensor.zeros(Shape.of(1, 2)), Tensor.vector(0), 1);
    assertThatThrownBy(() -> many.evaluation().rocAuc(0)).isInstanceOf(IllegalStateException.class)
        .hasMessage("ROC AUC: 1 samples of 2 classes have more than 134217728 probabilities, which are not kept;"
            + " evaluate fewer samples at once");
  }
}
