package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartReportTest {
  /** Ten slow steps of 0.1 s after a first one of 1 s, then steps of 10 ms: six of them make a quick window. */
  @Test
  void saysWhenTheSteadyRateWasReached() {
    List<StartReport.Step> steps = new ArrayList<>();
    double end = 0.5;
    for (int i = 0; i < 200; i++) {
      double seconds = i == 0 ? 1 : i <= 10 ? 0.1 : i % 2 == 0 ? 0.01 : 0.0099;
      end += seconds;
      steps.add(new StartReport.Step(end, seconds));
    }
    assertThat(StartReport.describe(steps)).isEqualTo("training at 90 % of its steady rate:           2.56 s"
        + " (first step 1000 ms, steady ones 10.00 ms)");
  }

  @Test
  void whatWarmsUpOnlyAtTheEndIsSaidToDoSo() {
    List<StartReport.Step> steps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      steps.add(new StartReport.Step(i + 1, i < 9 ? 1 : 0.5));
    }
    assertThat(StartReport.describe(steps)).contains(" 12.00 s (first step 1000 ms, steady ones 500.00 ms)");
  }
}
