package dev.fovea.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.fovea.core.Golden;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double[] rates(Schedule schedule, int steps) {
    return LongStream.range(0, steps).mapToDouble(schedule::at).toArray();
  }

  @Test
  void constant() {
    assertThat(rates(Schedule.constant(0.1), 3)).containsExactly(0.1, 0.1, 0.1);
    assertThat(Schedule.constant(0).at(5)).isZero();
  }

  @Test
  void step() {
    assertThat(rates(Schedule.step(8, 2, 0.5), 7)).containsExactly(8, 8, 4, 4, 2, 2, 1);
    golden("schedule_step", Schedule.step(0.1, 7, 0.5));
  }

  @Test
  void multiStep() {
    assertThat(rates(Schedule.multiStep(8, 0.5, 1, 4), 6)).containsExactly(8, 4, 4, 4, 2, 2);
    golden("schedule_multistep", Schedule.multiStep(0.1, 0.1, 5, 12, 20));
  }

  @Test
  void exponential() {
    assertThat(rates(Schedule.exponential(8, 0.5), 4)).containsExactly(8, 4, 2, 1);
    golden("schedule_exponential", Schedule.exponential(0.1, 0.9));
  }

  @Test
  void cosine() {
    assertThat(rates(Schedule.cosine(3, 4, 1), 7))
        .containsExactly(new double[] {3, 2 + Math.sqrt(0.5), 2, 2 - Math.sqrt(0.5), 1, 1, 1}, offset(1e-15));
    golden("schedule_cosine", Schedule.cosine(0.1, 30, 0.001));
  }

  /** With 10 steps and a start of 0.5 the top is step 4; the bottom is step 9. */
  @Test
  void oneCycle() {
    Schedule schedule = Schedule.oneCycle(4, 10).withDivFactor(2).withFinalDivFactor(2).withPercentStart(0.5);
    double[] rates = rates(schedule, 13);
    assertThat(rates[0]).isEqualTo(2);
    assertThat(rates[2]).isCloseTo(3, offset(1e-15));
    assertThat(rates[4]).isEqualTo(4);
    assertThat(rates[5]).isCloseTo(1 + 1.5 * (1 + Math.cos(Math.PI / 5)), offset(1e-15));
    assertThat(rates[9]).isEqualTo(1);
    assertThat(rates[10]).isEqualTo(1);
    assertThat(schedule.at(Long.MAX_VALUE)).isEqualTo(1);
    golden("schedule_one_cycle", Schedule.oneCycle(0.4, 30));
  }

  /** PyTorch's end of the rise is pct_start * total_steps - 1, as it comes: 0.25 * 9 - 1 = 1.25 here. */
  @Test
  void oneCycleTopBetweenTwoSteps() {
    double[] rates = rates(Schedule.oneCycle(1, 9).withDivFactor(10).withFinalDivFactor(10).withPercentStart(0.25), 9);
    assertThat(rates[0]).isCloseTo(0.1, offset(1e-15));
    assertThat(rates[1]).isCloseTo(1 - 0.45 * (1 + Math.cos(Math.PI * 0.8)), offset(1e-15));
    assertThat(rates[2]).isCloseTo(0.01 + 0.495 * (1 + Math.cos(Math.PI * 0.75 / 6.75)), offset(1e-15));
    assertThat(rates[8]).isEqualTo(0.01);
  }

  @Test
  void oneCycleAtItsEdges() {
    assertThat(Schedule.oneCycle(1, 10).withPercentStart(0.1).at(0)).as("a rise of no length").isEqualTo(1);
    assertThat(Schedule.oneCycle(1, 10).withPercentStart(1).at(9)).as("no fall").isEqualTo(1);
    assertThat(Schedule.oneCycle(1, 10).withPercentStart(1).at(99)).as("no fall, past the end").isEqualTo(1);
    assertThat(Schedule.oneCycle(1, 10).withPercentStart(0).at(0)).as("no rise: PyTorch is a tenth down already")
        .isCloseTo(4e-6 + (1 - 4e-6) / 2 * (1 + Math.cos(Math.PI / 10)), offset(1e-15));
    assertThat(Schedule.oneCycle(1, 1).at(0)).as("one step").isEqualTo(4e-6);
    assertThat(Schedule.oneCycle(1, 1).withPercentStart(1).at(0)).as("one step, no fall").isEqualTo(1);
  }

  @Test
  void warmup() {
    assertThat(rates(Schedule.exponential(8, 0.5).withWarmup(4), 8)).containsExactly(2, 4, 6, 8, 8, 4, 2, 1);
    assertThat(rates(Schedule.constant(1).withWarmup(1), 2)).containsExactly(1, 1);
  }

  @Test
  void printsAsCode() {
    assertThat(Schedule.constant(0.1)).hasToString("Schedule.constant(0.1)");
    assertThat(Schedule.step(0.1, 30, 0.5)).hasToString("Schedule.step(0.1, 30, 0.5)");
    assertThat(Schedule.multiStep(0.1, 0.5, 5, 12)).hasToString("Schedule.multiStep(0.1, 0.5, 5, 12)");
    assertThat(Schedule.exponential(0.1, 0.9)).hasToString("Schedule.exponential(0.1, 0.9)");
    assertThat(Schedule.cosine(0.1, 100, 0).withWarmup(7)).hasToString("Schedule.cosine(0.1, 100, 0.0).withWarmup(7)");
    assertThat(Schedule.oneCycle(0.1, 100)).hasToString("Schedule.oneCycle(0.1, 100)");
    assertThat(Schedule.oneCycle(0.1, 100).withDivFactor(5).withFinalDivFactor(10).withPercentStart(0.2))
        .hasToString("Schedule.oneCycle(0.1, 100).withDivFactor(5.0).withFinalDivFactor(10.0).withPercentStart(0.2)");
    assertThat(Schedule.multiStep(0.1, 0.5, 5, 12)).isEqualTo(Schedule.multiStep(0.1, 0.5, 5, 12));
  }

  @Test
  void refuses() {
    refuses(() -> Schedule.constant(-1), "constant schedule: rate must be at least 0, got -1.0");
    refuses(() -> Schedule.constant(Double.NaN), "constant schedule: rate must be finite, got NaN");
    refuses(() -> Schedule.step(-1, 2, 0.5), "step schedule: base must be at least 0, got -1.0");
    refuses(() -> Schedule.step(1, 0, 0.5), "step schedule: size must be at least 1, got 0");
    refuses(() -> Schedule.step(1, 2, 0), "step schedule: gamma must be above 0, got 0.0");
    refuses(() -> Schedule.multiStep(-1, 0.5, 3), "multi-step schedule: base must be at least 0, got -1.0");
    refuses(() -> Schedule.multiStep(1, Double.NaN, 3), "multi-step schedule: gamma must be finite, got NaN");
    refuses(() -> Schedule.multiStep(1, 0.5), "multi-step schedule: expected at least one milestone, got none");
    refuses(() -> Schedule.multiStep(1, 0.5, 3, 3),
        "multi-step schedule: milestones must rise and start at 1 or later, got [3, 3]");
    refuses(() -> Schedule.multiStep(1, 0.5, 0, 3),
        "multi-step schedule: milestones must rise and start at 1 or later, got [0, 3]");
    refuses(() -> Schedule.exponential(-1, 0.5), "exponential schedule: base must be at least 0, got -1.0");
    refuses(() -> Schedule.exponential(1, -0.5), "exponential schedule: gamma must be above 0, got -0.5");
    refuses(() -> Schedule.cosine(-1, 2, 0), "cosine schedule: base must be at least 0, got -1.0");
    refuses(() -> Schedule.cosine(1, 0, 0), "cosine schedule: totalSteps must be at least 1, got 0");
    refuses(() -> Schedule.cosine(1, 2, -1), "cosine schedule: minimum must be at least 0, got -1.0");
    refuses(() -> Schedule.cosine(1, 2, 3),
        "cosine schedule: minimum must be at most base, got minimum 3.0 and base 1.0");
    refuses(() -> Schedule.oneCycle(-1, 2), "one-cycle schedule: max must be at least 0, got -1.0");
    refuses(() -> Schedule.oneCycle(1, 0), "one-cycle schedule: totalSteps must be at least 1, got 0");
    refuses(() -> Schedule.oneCycle(1, 2).withDivFactor(0), "one-cycle schedule: divFactor must be above 0, got 0.0");
    refuses(() -> Schedule.oneCycle(1, 2).withFinalDivFactor(Double.POSITIVE_INFINITY),
        "one-cycle schedule: finalDivFactor must be finite, got Infinity");
    refuses(() -> Schedule.oneCycle(1, 2).withPercentStart(30),
        "one-cycle schedule: percentStart must be from 0 to 1, got 30.0");
    refuses(() -> Schedule.constant(1).withWarmup(0), "warm-up: steps must be at least 1, got 0");
    refuses(() -> new Schedule.Warmup(null, 3), "warm-up: schedule must not be null");
  }

  private static void golden(String name, Schedule schedule) {
    double[] expected = Golden.doubles(Golden.read(name).root().path("rate_at_step"));
    assertThat(expected).hasSize(30);
    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.at(step)).as("%s, step %d", name, step)
          .isCloseTo(expected[step], offset(1e-12 * expected[0]));
    }
  }

  private static void refuses(Runnable code, String message) {
    assertThatThrownBy(code::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
