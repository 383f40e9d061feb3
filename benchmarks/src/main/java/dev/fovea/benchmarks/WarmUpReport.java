package dev.fovea.benchmarks;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints how long a fresh JVM takes to its first training step, and to nine tenths of the speed that it ends up with.
 * The clock starts when the JVM does. Arguments: a workload's name and, if wanted, for how many seconds to train (20).
 */
public final class WarmUpReport {
  private static final double WINDOW = 0.25;
  private static final double SHARE = 0.9;

  private WarmUpReport() {}

  /** Trains and prints. */
  public static void main(String[] arguments) {
    Workload workload = Workload.named(arguments[0]);
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 20;
    int size = workload.trainingBatches().get(0);
    Sequential model = workload.model();
    Trainer trainer = Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    Shape shape = workload.sample().prepend(size);
    Tensor pictures = Tensor.normal(shape, new RandomSource(1L));
    float[] classes = new float[size];
    for (int i = 0; i < size; i++) {
      classes[i] = i % workload.classes();
    }
    Tensor labels = Tensor.vector(classes);
    double[] ends = new double[1 << 10];
    int steps = 0;
    while (steps == 0 || ends[steps - 1] < seconds) {
      trainer.step(pictures, labels);
      ends = steps == ends.length ? Arrays.copyOf(ends, 2 * steps) : ends;
      ends[steps++] = sinceStart();
    }
    System.out.println(text(workload.name(), size, Arrays.copyOf(ends, steps)));
  }

  private static double sinceStart() {
    return (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
  }

  /** What the ends of the steps, in seconds since the start, come to. */
  static String text(String name, int size, double[] ends) {
    double last = ends[ends.length - 1];
    double steady = rate(ends, last / 2, last);
    return String.format(Locale.ROOT,
        "%s, batch %d: first step done after %.2f s, %.0f %% of the speed in the end (%.0f images/s) after %.2f s",
        name, size, ends[0], 100 * SHARE, size * steady, reached(ends, SHARE * steady));
  }

  /** When the first stretch of a quarter of a second begins that is this fast, in steps a second. */
  private static double reached(double[] ends, double rate) {
    for (double end : ends) {
      if (rate(ends, end, end + WINDOW) >= rate) {
        return end;
      }
    }
    return ends[ends.length - 1];
  }

  /** Steps a second between the last step that ended by one moment and the first that did by another. */
  private static double rate(double[] ends, double from, double to) {
    int first = 0;
    while (first + 1 < ends.length && ends[first + 1] <= from) {
      first++;
    }
    int last = first + 1;
    while (last + 1 < ends.length && ends[last] < to) {
      last++;
    }
    return last < ends.length ? (last - first) / (ends[last] - ends[first]) : 0;
  }
}
