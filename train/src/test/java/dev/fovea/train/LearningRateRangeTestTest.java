package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.train.LearningRateRangeTest.Point;
import dev.fovea.train.LearningRateRangeTest.Result;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LearningRateRangeTestTest {
  @Test
  void triesAllRatesAndPutsEverythingBack() {
    Trainer expected = SmallRun.trainer();
    History history = expected.fit(SmallRun.DATA, SmallRun.fit());
    List<String> bits = SmallRun.bits(expected, history);
    History more = expected.fit(SmallRun.DATA, SmallRun.fit());
    List<String> moreBits = SmallRun.bits(expected, more);
    Trainer trainer = SmallRun.trainer();
    LearningRateRangeTest test = LearningRateRangeTest.of(1e-4, 1e-1).withSteps(31).withSmoothing(0.5);
    Result result = test.run(trainer, SmallRun.DATA, 5, 3L);
    assertThat(SmallRun.bits(trainer, trainer.fit(SmallRun.DATA, SmallRun.fit()))).isEqualTo(bits);
    assertThat(test.run(trainer, SmallRun.DATA, 5, 3L).points()).isNotEqualTo(result.points());
    assertThat(SmallRun.bits(trainer, trainer.fit(SmallRun.DATA, SmallRun.fit()))).isEqualTo(moreBits);
    assertThat(result.points()).hasSize(31);
    assertThat(result.points().get(0).rate()).isEqualTo(1e-4);
    assertThat(result.points().get(10).rate()).isCloseTo(1e-3, Offset.offset(1e-12));
    assertThat(result.points().get(30).rate()).isCloseTo(1e-1, Offset.offset(1e-12));
    double mean = 0;
    for (int i = 0; i < 31; i++) {
      mean = 0.5 * mean + 0.5 * result.points().get(i).loss();
      assertThat(result.points().get(i).smoothed()).isEqualTo(mean / (1 - Math.pow(0.5, i + 1)));
    }
  }

  @Test
  void endsWhereTheModelIsRuined() {
    Result result = LearningRateRangeTest.of(1e-3, 1e30).withSmoothing(0).run(SmallRun.trainer(), SmallRun.DATA, 5, 3L);
    assertThat(result.points()).hasSizeBetween(2, 99);
    assertThat(result.bestRate()).isLessThan(1e6);
  }

  @Test
  void suggestsATenthOfTheBest() {
    Result result = new Result(List.of(new Point(0.001, 3, 3), new Point(0.01, 2, 2), new Point(0.1, 1, 1),
        new Point(1, 9, 5)));
    assertThat(result.bestRate()).isEqualTo(0.1);
    assertThat(result.suggestion()).isEqualTo(0.1 / 10);
  }

  @Test
  void refuses() {
    refused(() -> LearningRateRangeTest.of(1, 1), "expected rates from above 0 to a larger one, got 1.0 to 1.0");
    refused(() -> LearningRateRangeTest.of(0, 1), "expected rates from above 0 to a larger one, got 0.0 to 1.0");
    refused(() -> LearningRateRangeTest.of(0.1, 1).withSteps(1), "steps must be at least 2, got 1");
    refused(() -> LearningRateRangeTest.of(0.1, 1).withSmoothing(1),
        "smoothing must be at least 0 and below 1, got 1.0");
  }

  private static void refused(ThrowingCallable settings, String problem) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("learning rate range test: " + problem);
  }
}
