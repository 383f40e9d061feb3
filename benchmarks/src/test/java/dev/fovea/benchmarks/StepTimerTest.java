package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTimerTest {
  private final List<Integer> steps = new ArrayList<>();
  private long now;

  private double median(double warmUp, double seconds, double... stepSeconds) {
    return new StepTimer(warmUp, seconds, () -> now).median(step -> {
      steps.add(step);
      now += Math.round(stepSeconds[step % stepSeconds.length] * 1e9);
    });
  }

  @Test
  void takesTheMedianOfSingleSteps() {
    assertThat(median(0, 5, 1, 9, 2)).isEqualTo(2);
    steps.clear();
    assertThat(median(0, 4, 1, 2, 3, 4)).as("of 1, 2, 3, 4, 1, 2, 3, 4: 20 s is enough").isEqualTo(2.5);
  }

  @Test
  void medianOfAnEvenNumberLiesBetween() {
    assertThat(median(0, 10, 1, 2)).as("1 and 2 in turn, 10 steps").isEqualTo(1.5);
    assertThat(steps).hasSize(10);
  }

  @Test
  void warmsUpForItsTimeAndTwentySteps() {
    median(10, 1, 0.25);
    assertThat(steps).as("40 to warm up, 10 timed").hasSize(50);
    steps.clear();
    median(1, 1, 0.1);
    assertThat(steps).as("20 to warm up, 10 timed").hasSize(30);
  }

  @Test
  void givesUpWhereStepsAreLong() {
    median(1, 1, 2);
    assertThat(steps).as("3 in 5 s of warm-up, 3 in 5 s of timing").containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void countsAnyNumberOfSteps() {
    assertThat(median(0, 5, 0.001)).isEqualTo(0.001);
    assertThat(steps).hasSize(5000);
  }

  @Test
  void readsTheEnvironment() {
    assertThat(StepTimer.of(Map.of())).extracting(StepTimer::warmUpSeconds, StepTimer::seconds)
        .containsExactly(10.0, 12.0);
    assertThat(StepTimer.of(Map.of("BENCH_WARM_S", "0.5", "BENCH_TIME_S", "2")))
        .extracting(StepTimer::warmUpSeconds, StepTimer::seconds).containsExactly(0.5, 2.0);
    assertThatThrownBy(() -> StepTimer.of(Map.of("BENCH_WARM_S", "long")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BENCH_WARM_S: expected seconds, such as 10, got 'long'");
    assertThatThrownBy(() -> StepTimer.of(Map.of("BENCH_TIME_S", "-1"))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BENCH_TIME_S: expected seconds, such as 10, got '-1'");
  }
}
