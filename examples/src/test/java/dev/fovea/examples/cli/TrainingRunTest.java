package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.optim.Sgd;
import dev.fovea.train.Evaluation;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TrainingRunTest {
  private final Dataset digits = Digits.generate(10, 1L);
  private final Evaluation evaluation = Trainer.of(Network.DENSE.build(digits.sampleShape(), 10, 1L), Sgd.of(0.1),
      Loss.sparseCategoricalCrossEntropy()).evaluate(digits);

  private static History.Epoch epoch(int number, double seconds, double rate) {
    return new History.Epoch(number, 1, 0.5, 1, 0.5, 0.001, seconds, rate);
  }

  private String expected(int rate) {
    return String.format(Locale.ROOT, "test accuracy %.4f loss %.4f images/s %d",
        evaluation.accuracy(), evaluation.loss(), rate);
  }

  @Test
  void lastLineLeavesOutTheFirstEpochWhereThereAreMore() {
    // 1,000 images in 1 s and 1,000 in 4 s: 2,000 in 5 s.
    History three = new History(List.of(epoch(1, 10, 100), epoch(2, 1, 1000), epoch(3, 4, 250)));
    assertThat(TrainingRun.lastLine(evaluation, three)).isEqualTo(expected(400));
  }

  @Test
  void lastLineTakesTheOnlyEpoch() {
    assertThat(TrainingRun.lastLine(evaluation, new History(List.of(epoch(1, 10, 100))))).isEqualTo(expected(100));
  }

  @Test
  void lastLineIsTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(TrainingRun.lastLine(evaluation, new History(List.of(epoch(1, 10, 12345)))))
          .matches("test accuracy \\d\\.\\d{4} loss \\d\\.\\d{4} images/s 12345");
    } finally {
      Locale.setDefault(before);
    }
  }
}
