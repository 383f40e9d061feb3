package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.data.Digits;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ReportsTest {
  /** Ten steps of 0.2 s from 0.5 s on, then 100 steps of 0.1 s: fast from 2.3 s on. */
  @Test
  void warmUpEndsWhereStepsAreAsFastAsInTheEnd() {
    double[] ends = DoubleStream.concat(DoubleStream.iterate(0.5, end -> end + 0.2).limit(10),
        DoubleStream.iterate(2.4, end -> end + 0.1).limit(100)).toArray();
    assertThat(WarmUpReport.text("lenet5", 64, ends)).isEqualTo(
        "lenet5, batch 64: first step done after 0.50 s, 90 % of the speed in the end (640 images/s) after 2.30 s");
  }

  @Test
  void warmUpOfASingleStepIsNoTrouble() {
    assertThat(WarmUpReport.text("gap-224", 8, new double[] {3})).startsWith(
        "gap-224, batch 8: first step done after 3.00 s").endsWith("after 3.00 s");
  }

  @Test
  void accuracyFollowsFromTheSeed() {
    double first = AccuracyReport.accuracy(Digits.generate(256, 1L), Digits.generate(64, 2L), 1L);
    assertThat(AccuracyReport.accuracy(Digits.generate(256, 1L), Digits.generate(64, 2L), 1L)).isEqualTo(first)
        .isBetween(0.0, 1.0);
  }
}
