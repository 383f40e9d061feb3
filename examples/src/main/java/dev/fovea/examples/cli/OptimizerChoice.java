package dev.fovea.examples.cli;

import dev.fovea.optim.Adam;
import dev.fovea.optim.AdamW;
import dev.fovea.optim.Optimizer;
import dev.fovea.optim.RmsProp;
import dev.fovea.optim.Schedule;
import dev.fovea.optim.Sgd;
import java.util.Locale;

/** The optimizers one may choose from on the command line. */
enum OptimizerChoice {
  ADAM(3e-3) {
    @Override
    Optimizer of(Schedule schedule) {
      return Adam.of(schedule);
    }
  },
  ADAMW(3e-3) {
    @Override
    Optimizer of(Schedule schedule) {
      return AdamW.of(schedule);
    }
  },
  SGD(0.05) {
    @Override
    Optimizer of(Schedule schedule) {
      return Sgd.of(schedule).withMomentum(0.9);
    }
  },
  RMSPROP(1e-3) {
    @Override
    Optimizer of(Schedule schedule) {
      return RmsProp.of(schedule);
    }
  };

  /** Steps of the rise at the beginning, at most; and at most a tenth of all. */
  private static final long WARMUP = 100;

  private final double usualRate;

  OptimizerChoice(double usualRate) {
    this.usualRate = usualRate;
  }

  abstract Optimizer of(Schedule schedule);

  double usualRate() {
    return usualRate;
  }

  /**
   * This optimizer with a rate that rises a little while and then falls to 0 by half a cosine over the rest of the
   * steps.
   */
  Optimizer over(long steps, double rate) {
    long warmup = Math.min(WARMUP, steps / 10);
    Schedule fall = Schedule.cosine(rate, steps - warmup, 0);
    return of(warmup == 0 ? fall : fall.withWarmup(warmup));
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
