package dev.fovea.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Tensor PROBABILITIES =
      Tensor.of(Shape.of(4, 2), 0.75f, 0.25f, 0.25f, 0.75f, 0.125f, 0.875f, 0.5f, 0.5f);
  private static final Dataset DATA = ArrayDataset.of(Tensor.zeros(Shape.of(4, 1, 1, 1)), 0, 0, 0, 1);

  @Test
  void tellsWhatWasPredictedAndHowSurely() {
    Verdict verdict = Verdict.of(1, 0, PROBABILITIES);
    assertThat(verdict).isEqualTo(new Verdict(1, 0, 1, 0.75, 0.25));
    assertThat(verdict.isRight()).isFalse();
  }

  @Test
  void ofEqualProbabilitiesTheFirstClassCounts() {
    assertThat(Verdict.of(3, 1, PROBABILITIES).predicted()).isZero();
  }

  @Test
  void mistakesAreSortedByWhatTheTrueClassWasGiven() {
    assertThat(Verdict.mistakes(DATA, PROBABILITIES, 9)).extracting(Verdict::index).containsExactly(2, 1, 3);
    assertThat(Verdict.mistakes(DATA, PROBABILITIES, 1)).extracting(Verdict::index).containsExactly(2);
  }
}
