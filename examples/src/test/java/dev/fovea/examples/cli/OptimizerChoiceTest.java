package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.optim.Schedule;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OptimizerChoiceTest {
  @Test
  void rateRisesAndFallsOverTheWholeRun() {
    Schedule schedule = OptimizerChoice.SGD.over(10_000, 0.1).schedule();
    assertThat(schedule.at(0)).isCloseTo(0.001, Offset.offset(1e-12));
    assertThat(schedule.at(100)).isCloseTo(0.1, Offset.offset(1e-12));
    assertThat(schedule.at(5_050)).isCloseTo(0.05, Offset.offset(1e-12));
    assertThat(schedule.at(9_999)).isBetween(0.0, 1e-7);
  }

  @Test
  void aRunOfOneStepHasARate() {
    assertThat(OptimizerChoice.ADAM.over(1, 0.1).schedule().at(0)).isEqualTo(0.1);
  }

  @Test
  void printsAsTheOptimizer() {
    assertThat(OptimizerChoice.SGD.over(1000, 0.05))
        .hasToString("Sgd.of(Schedule.cosine(0.05, 900, 0.0).withWarmup(100)).withMomentum(0.9)");
  }
}
