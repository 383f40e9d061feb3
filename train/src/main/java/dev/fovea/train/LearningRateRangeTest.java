package dev.fovea.train;

import dev.fovea.core.Parameter;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.optim.OptimizerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds a learning rate by trying them all: the rate grows from step to step, each by the same factor, and the loss
 * tells where it is too low to do anything, where it works and where it ruins the model (Smith, "Cyclical learning
 * rates for training neural networks", WACV 2017). Afterwards the model and the optimizer are as they were.
 *
 * <pre>{@code
 * LearningRateRangeTest.Result result = LearningRateRangeTest.of(1e-6, 1).run(trainer, train, 64, 7L);
 * System.out.println(result.suggestion());
 * }</pre>
 *
 * <p>The loss is smoothed by a running mean that is corrected for having started at 0. The test ends early once the
 * smoothed loss is four times the least so far, or a value is no finite number.
 *
 * @param from the first rate, above 0
 * @param to the last, above the first
 * @param steps how many steps, at least 2; 100 unless set
 * @param smoothing the share of the running mean that is kept at each step, at least 0 and below 1; 0.95 unless set
 */
public record LearningRateRangeTest(double from, double to, int steps, double smoothing) {
  private static final String WHERE = "learning rate range test";
  private static final int STEPS = 100;
  private static final double SMOOTHING = 0.95;
  private static final double DIVERGED = 4;
  /** Below the least loss by about an order of magnitude the rate still works and is safe. */
  private static final double SAFETY = 10;

  /**
   * These settings.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public LearningRateRangeTest {
    require(from > 0 && from < to && to < Double.POSITIVE_INFINITY,
        "expected rates from above 0 to a larger one, got " + from + " to " + to);
    require(steps >= 2, "steps must be at least 2, got " + steps);
    require(smoothing >= 0 && smoothing < 1, "smoothing must be at least 0 and below 1, got " + smoothing);
  }

  /** A test of the rates between these two in 100 steps. */
  public static LearningRateRangeTest of(double from, double to) {
    return new LearningRateRangeTest(from, to, STEPS, SMOOTHING);
  }

  /** The same in another number of steps. */
  public LearningRateRangeTest withSteps(int steps) {
    return new LearningRateRangeTest(from, to, steps, smoothing);
  }

  /** The same with another smoothing. */
  public LearningRateRangeTest withSmoothing(double smoothing) {
    return new LearningRateRangeTest(from, to, steps, smoothing);
  }

  private static void require(boolean fine, String problem) {
    if (!fine) {
      throw new IllegalArgumentException(WHERE + ": " + problem);
    }
  }

  /**
   * One step.
   *
   * @param rate the learning rate
   * @param loss the loss before the update
   * @param smoothed the running mean of the losses
   */
  public record Point(double rate, double loss, double smoothed) {}

  /**
   * What a test has shown.
   *
   * @param points the steps, in order
   */
  public record Result(List<Point> points) {
    /** Copies the list. */
    public Result {
      points = List.copyOf(points);
    }

    /** The rate at which the smoothed loss was least. */
    public double bestRate() {
      Point best = points.get(0);
      for (Point point : points) {
        best = point.smoothed < best.smoothed ? point : best;
      }
      return best.rate;
    }

    /** A rate to train with: a tenth of the {@linkplain #bestRate() one} at which the loss was about to grow. */
    public double suggestion() {
      return bestRate() / SAFETY;
    }
  }

  /**
   * Takes the steps, on these data in a random order, and puts everything back.
   *
   * @param batchSize samples a step
   * @param seed decides the order and what is random within steps
   * @throws IllegalArgumentException if the data do not fit
   * @throws NonFiniteException if the first step already fails
   */
  public Result run(Trainer trainer, Dataset data, int batchSize, long seed) {
    Batches batches = Batches.of(data, batchSize).shuffled(seed);
    OptimizerState optimizer = trainer.optimizerState();
    List<float[]> weights = trainer.model().parameters().stream().map(Parameter::toArray).toList();
    Map<String, float[]> memory = new LinkedHashMap<>();
    optimizer.arrays().forEach((name, values) -> memory.put(name, values.clone()));
    Map<String, Long> updates = optimizer.updates();
    long stepsBefore = optimizer.steps();
    double factor = optimizer.rateFactor();
    Map<String, float[]> averaged = trainer.average().map(WeightAverage::copies).orElse(Map.of());
    try {
      return run(trainer, batches, seed);
    } finally {
      List<Parameter> parameters = trainer.model().parameters();
      for (int i = 0; i < weights.size(); i++) {
        parameters.get(i).set(weights.get(i));
      }
      optimizer.restore(stepsBefore, updates, memory);
      optimizer.rateFactor(factor);
      trainer.average().ifPresent(average -> average.restore(averaged));
      trainer.forgetLastStep();
    }
  }

  private Result run(Trainer trainer, Batches batches, long seed) {
    List<Point> points = new ArrayList<>();
    double mean = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int epoch = 0; points.size() < steps; epoch++) {
      try (BatchIterator each = batches.epoch(epoch)) {
        while (each.hasNext() && points.size() < steps) {
          Batch batch = each.next();
          int step = points.size();
          double rate = from * StrictMath.pow(to / from, step / (steps - 1.0));
          rate(trainer.optimizerState(), rate);
          double loss;
          try {
            loss = trainer.step(batch, seed).loss();
          } catch (NonFiniteException e) {
            if (points.isEmpty()) {
              throw e;
            }
            return new Result(points);
          }
          mean = smoothing * mean + (1 - smoothing) * loss;
          double smoothed = mean / (1 - StrictMath.pow(smoothing, step + 1));
          points.add(new Point(rate, loss, smoothed));
          least = Math.min(least, smoothed);
          if (smoothed > DIVERGED * least) {
            return new Result(points);
          }
        }
      }
    }
    return new Result(points);
  }

  private static void rate(OptimizerState optimizer, double rate) {
    double scheduled = optimizer.optimizer().schedule().at(optimizer.steps());
    if (!(scheduled > 0)) {
      throw new IllegalStateException(WHERE + ": expected a schedule with rates above 0, got " + scheduled
          + " at step " + optimizer.steps() + "; test with a constant one");
    }
    optimizer.rateFactor(rate / scheduled);
  }
}
