package dev.fovea.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * How long a step takes: warm up, then time each step by itself, and take the median.
 *
 * <p>Warm-up lasts the given time and at least 20 steps, but no more than five times that long. Timing lasts its time
 * and at least 10 steps, or 3 where 10 would take more than five times that long.
 *
 * @param warmUpSeconds how long to warm up
 * @param seconds how long to time
 * @param nanos the clock
 */
record StepTimer(double warmUpSeconds, double seconds, LongSupplier nanos) {
  private static final int WARM_UP_STEPS = 20;
  private static final int STEPS = 10;
  private static final int FEWEST_STEPS = 3;
  private static final int PATIENCE = 5;

  /** As {@code BENCH_WARM_S} and {@code BENCH_TIME_S} say, in seconds: 10 and 12 where they are not set. */
  static StepTimer of(Map<String, String> environment) {
    return new StepTimer(seconds(environment, "BENCH_WARM_S", 10), seconds(environment, "BENCH_TIME_S", 12),
        System::nanoTime);
  }

  private static double seconds(Map<String, String> environment, String name, double otherwise) {
    String text = environment.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value < Double.POSITIVE_INFINITY) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the message
    }
    throw new IllegalArgumentException(name + ": expected seconds, such as 10, got '" + text + "'");
  }

  /** The median time of a step in seconds; {@code step} is told its number, which counts on from warm-up to timing. */
  double median(IntConsumer step) {
    int number = 0;
    long start = nanos.getAsLong();
    for (double since = 0; (number < WARM_UP_STEPS || since < warmUpSeconds) && since < PATIENCE * warmUpSeconds;
        since = secondsSince(start)) {
      step.accept(number++);
    }
    double[] times = new double[1 << 10];
    int timed = 0;
    start = nanos.getAsLong();
    for (double since = 0; since < seconds || timed < FEWEST_STEPS || timed < STEPS && since < PATIENCE * seconds;
        since = secondsSince(start)) {
      times = timed == times.length ? Arrays.copyOf(times, 2 * timed) : times;
      long before = nanos.getAsLong();
      step.accept(number++);
      times[timed++] = secondsSince(before);
    }
    Arrays.sort(times, 0, timed);
    return (times[(timed - 1) / 2] + times[timed / 2]) / 2;
  }

  private double secondsSince(long start) {
    return (nanos.getAsLong() - start) / 1e9;
  }
}
