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
  void aNeighboursShareIsWhatItTook() {
    assertThat(BusyNeighbourReport.line(1, 2, 2, 12_000, 20_000, 0.75)).isEqualTo("busy threads 1:  12000 images/s, "
        + " 60 % of the rate without; they took 0.75 of 2 cores and left  63 % (fair would be  67 %)");
    assertThat(BusyNeighbourReport.line(0, 2, 2, 20_000, 20_000, 0)).endsWith("left 100 % (fair would be 100 %)");
    assertThat(BusyNeighbourReport.line(4, 8, 2, 20_000, 20_000, 4)).as("cores to spare")
        .endsWith("they took 4.00 of 8 cores and left 100 % (fair would be 100 %)");
    assertThat(BusyNeighbourReport.line(2, 2, 4, 10_000, 20_000, 0.7)).as("more threads than cores")
        .endsWith("they took 0.70 of 2 cores and left  65 % (fair would be  67 %)");
  }

  @Test
  void accuracyFollowsFromTheSeed() {
    double first = AccuracyReport.accuracy(Digits.generate(256, 1L), Digits.generate(64, 2L), 1L);
    assertThat(AccuracyReport.accuracy(Digits.generate(256, 1L), Digits.generate(64, 2L), 1L)).isEqualTo(first)
        .isBetween(0.0, 1.0);
  }
}
