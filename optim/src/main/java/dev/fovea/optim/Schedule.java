package dev.fovea.optim;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The learning rate as a pure function of the step: nothing to advance, nothing to restore. The step is one update of
 * the weights, not an epoch; {@code at(0)} is the rate of the first. Past its end a schedule stays at its last rate.
 *
 * <pre>{@code
 * Adam.of(Schedule.cosine(1e-3, 10_000, 1e-5).withWarmup(500));
 * }</pre>
 *
 * <p>Rates are PyTorch's, in closed form; powers and cosines are {@link StrictMath}'s, the same on every machine.
 */
public sealed interface Schedule {
  /** The rate at this step, counted from 0. */
  double at(long step);

  /** The same rate at every step. */
  static Constant constant(double rate) {
    return new Constant(rate);
  }

  /** A rate that is multiplied by gamma after every {@code size} steps. */
  static Step step(double base, long size, double gamma) {
    return new Step(base, size, gamma);
  }

  /** A rate that is multiplied by gamma at each of these steps. */
  static MultiStep multiStep(double base, double gamma, long... milestones) {
    return new MultiStep(base, gamma, Arrays.stream(milestones).boxed().toList());
  }

  /** A rate that is multiplied by gamma at every step. */
  static Exponential exponential(double base, double gamma) {
    return new Exponential(base, gamma);
  }

  /** Half a cosine wave from the base down to the minimum. */
  static Cosine cosine(double base, long totalSteps, double minimum) {
    return new Cosine(base, totalSteps, minimum);
  }

  /** One rise to the maximum over the first 30 % of the steps, from a 25th of it, and one fall to a 250,000th. */
  static OneCycle oneCycle(double max, long totalSteps) {
    return new OneCycle(max, totalSteps, OneCycle.DIV_FACTOR, OneCycle.FINAL_DIV_FACTOR, OneCycle.PERCENT_START);
  }

  /** This schedule after a linear rise over so many steps from 0 (exclusive) to its first rate. */
  default Warmup withWarmup(long steps) {
    return new Warmup(this, steps);
  }

  /** From {@code start} to {@code end} by half a cosine wave; {@code part} runs from 0 to 1. */
  private static double halfWave(double start, double end, double part) {
    return end + (start - end) / 2 * (1 + StrictMath.cos(Math.PI * part));
  }

  /**
   * rate(t) = rate.
   *
   * @param rate the rate, at least 0
   */
  record Constant(double rate) implements Schedule {
    /** These settings, checked. */
    public Constant {
      Settings.atLeastZero("constant schedule", "rate", rate);
    }

    @Override
    public double at(long step) {
      return rate;
    }

    @Override
    public String toString() {
      return "Schedule.constant(" + rate + ")";
    }
  }

  /**
   * rate(t) = base * gamma^floor(t / size).
   *
   * @param base the first rate, at least 0
   * @param size how many steps have the same rate, at least 1
   * @param gamma the factor, above 0
   */
  record Step(double base, long size, double gamma) implements Schedule {
    /** These settings, checked. */
    public Step {
      Settings.atLeastZero("step schedule", "base", base);
      Settings.atLeastOne("step schedule", "size", size);
      Settings.aboveZero("step schedule", "gamma", gamma);
    }

    @Override
    public double at(long step) {
      return base * StrictMath.pow(gamma, step / size);
    }

    @Override
    public String toString() {
      return "Schedule.step(" + base + ", " + size + ", " + gamma + ")";
    }
  }

  /**
   * rate(t) = base * gamma^(how many milestones are at or before t).
   *
   * @param base the first rate, at least 0
   * @param gamma the factor, above 0
   * @param milestones the steps at which the rate changes, at least one, rising, from 1 on
   */
  record MultiStep(double base, double gamma, List<Long> milestones) implements Schedule {
    /** These settings, checked. */
    public MultiStep {
      Settings.atLeastZero("multi-step schedule", "base", base);
      Settings.aboveZero("multi-step schedule", "gamma", gamma);
      milestones = List.copyOf(milestones);
      long before = 0;
      for (long milestone : milestones) {
        if (milestone <= before) {
          throw new IllegalArgumentException(
              "multi-step schedule: milestones must rise and start at 1 or later, got " + milestones);
        }
        before = milestone;
      }
      if (milestones.isEmpty()) {
        throw new IllegalArgumentException("multi-step schedule: expected at least one milestone, got none");
      }
    }

    @Override
    public double at(long step) {
      int passed = 0;
      while (passed < milestones.size() && milestones.get(passed) <= step) {
        passed++;
      }
      return base * StrictMath.pow(gamma, passed);
    }

    @Override
    public String toString() {
      return "Schedule.multiStep(" + base + ", " + gamma + ", "
          + milestones.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")";
    }
  }

  /**
   * rate(t) = base * gamma^t.
   *
   * @param base the first rate, at least 0
   * @param gamma the factor, above 0
   */
  record Exponential(double base, double gamma) implements Schedule {
    /** These settings, checked. */
    public Exponential {
      Settings.atLeastZero("exponential schedule", "base", base);
      Settings.aboveZero("exponential schedule", "gamma", gamma);
    }

    @Override
    public double at(long step) {
      return base * StrictMath.pow(gamma, step);
    }

    @Override
    public String toString() {
      return "Schedule.exponential(" + base + ", " + gamma + ")";
    }
  }

  /**
   * rate(t) = minimum + (base - minimum) * (1 + cos(pi * t / totalSteps)) / 2, and minimum from totalSteps on
   * (Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without the restarts).
   *
   * @param base the first rate, at least 0
   * @param totalSteps the step at which the minimum is reached, at least 1
   * @param minimum the last rate, from 0 to base
   */
  record Cosine(double base, long totalSteps, double minimum) implements Schedule {
    /** These settings, checked. */
    public Cosine {
      Settings.atLeastZero("cosine schedule", "base", base);
      Settings.atLeastOne("cosine schedule", "totalSteps", totalSteps);
      Settings.atLeastZero("cosine schedule", "minimum", minimum);
      if (minimum > base) {
        throw new IllegalArgumentException(
            "cosine schedule: minimum must be at most base, got minimum " + minimum + " and base " + base);
      }
    }

    @Override
    public double at(long step) {
      return step < totalSteps ? halfWave(base, minimum, (double) step / totalSteps) : minimum;
    }

    @Override
    public String toString() {
      return "Schedule.cosine(" + base + ", " + totalSteps + ", " + minimum + ")";
    }
  }

  /**
   * From max / divFactor up to max, then down to max / divFactor / finalDivFactor, both by half a cosine wave (Smith
   * and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2018).
   *
   * <p>As in PyTorch the maximum is reached at step percentStart * totalSteps - 1, which need not be a whole number;
   * the last rate is that of step totalSteps - 1.
   *
   * @param max the highest rate, at least 0
   * @param totalSteps how many steps there are, at least 1
   * @param divFactor the maximum over the first rate, above 0
   * @param finalDivFactor the first rate over the last, above 0
   * @param percentStart the share of the steps in which the rate rises, from 0 to 1
   */
  record OneCycle(double max, long totalSteps, double divFactor, double finalDivFactor, double percentStart)
      implements Schedule {
    private static final double DIV_FACTOR = 25;
    private static final double FINAL_DIV_FACTOR = 1e4;
    private static final double PERCENT_START = 0.3;

    /** These settings, checked. */
    public OneCycle {
      Settings.atLeastZero("one-cycle schedule", "max", max);
      Settings.atLeastOne("one-cycle schedule", "totalSteps", totalSteps);
      Settings.aboveZero("one-cycle schedule", "divFactor", divFactor);
      Settings.aboveZero("one-cycle schedule", "finalDivFactor", finalDivFactor);
      if (!(percentStart >= 0 && percentStart <= 1)) {
        throw new IllegalArgumentException(
            "one-cycle schedule: percentStart must be from 0 to 1, got " + percentStart);
      }
    }

    /** These settings with another first rate: max / divFactor. */
    public OneCycle withDivFactor(double divFactor) {
      return new OneCycle(max, totalSteps, divFactor, finalDivFactor, percentStart);
    }

    /** These settings with another last rate: max / divFactor / finalDivFactor. */
    public OneCycle withFinalDivFactor(double finalDivFactor) {
      return new OneCycle(max, totalSteps, divFactor, finalDivFactor, percentStart);
    }

    /** These settings with the rise over another share of the steps. */
    public OneCycle withPercentStart(double percentStart) {
      return new OneCycle(max, totalSteps, divFactor, finalDivFactor, percentStart);
    }

    @Override
    public double at(long step) {
      double first = max / divFactor;
      long last = totalSteps - 1;
      double top = percentStart * totalSteps - 1;
      long now = Math.min(step, last);
      if (now <= top) {
        // A rise of no length (top is step 0) is over at once.
        return top == 0 ? max : halfWave(first, max, now / top);
      }
      return halfWave(max, first / finalDivFactor, (now - top) / (last - top));
    }

    @Override
    public String toString() {
      return "Schedule.oneCycle(" + max + ", " + totalSteps + ")"
          + (divFactor == DIV_FACTOR ? "" : ".withDivFactor(" + divFactor + ")")
          + (finalDivFactor == FINAL_DIV_FACTOR ? "" : ".withFinalDivFactor(" + finalDivFactor + ")")
          + (percentStart == PERCENT_START ? "" : ".withPercentStart(" + percentStart + ")");
    }
  }

  /**
   * rate(t) = then(0) * (t + 1) / steps before step {@code steps}, then(t - steps) from there on.
   *
   * @param then what follows
   * @param steps how many steps the rise takes, at least 1
   */
  record Warmup(Schedule then, long steps) implements Schedule {
    /** These settings, checked. */
    public Warmup {
      Settings.schedule("warm-up", then);
      Settings.atLeastOne("warm-up", "steps", steps);
    }

    @Override
    public double at(long step) {
      return step < steps ? then.at(0) * (step + 1) / steps : then.at(step - steps);
    }

    @Override
    public String toString() {
      return then + ".withWarmup(" + steps + ")";
    }
  }
}
