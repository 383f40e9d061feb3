package dev.fovea.benchmarks;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the MNIST convnet trains (batches of 32) while other threads of the same JVM keep cores busy: beside what
 * these leave of the cores by the processor time that they take, and beside what would be left if the threads of
 * training and the others all got the same.
 *
 * <p>After a warm-up it goes round 0, 1, .. as many other threads as there are cores, and prints the medians.
 */
public final class BusyNeighbourReport {
  private static final int BATCH = 32;
  private static final double WARM_UP_SECONDS = 5;
  private static final double SECONDS = 0.6;
  private static final int TURNS = 7;

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final Trainer trainer;
  private final Tensor pictures;
  private final Tensor labels;
  /** The processor time that other threads took, in nanoseconds. */
  private final AtomicLong taken = new AtomicLong();
  private volatile boolean over;
  private volatile double sink;

  private BusyNeighbourReport() {
    Workload workload = Workload.named("keras-mnist");
    trainer = Trainer.of(workload.model(), Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    pictures = Tensor.normal(workload.sample().prepend(BATCH), new RandomSource(1L));
    labels = Tensor.vector(new float[BATCH]);
  }

  /** Measures and prints; takes twenty seconds on two cores. */
  public static void main(String[] arguments) throws InterruptedException {
    new BusyNeighbourReport().run();
  }

  private void run() throws InterruptedException {
    train(WARM_UP_SECONDS);
    double[][] rates = new double[cores + 1][TURNS];
    double[][] others = new double[cores + 1][TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      for (int busy = 0; busy <= cores; busy++) {
        taken.set(0);
        Thread[] threads = new Thread[busy];
        over = false;
        long start = System.nanoTime();
        for (int i = 0; i < busy; i++) {
          threads[i] = new Thread(this::keepBusy, "busy-" + i);
          threads[i].start();
        }
        rates[busy][turn] = train(SECONDS);
        over = true;
        for (Thread thread : threads) {
          thread.join();
        }
        others[busy][turn] = taken.get() / (double) (System.nanoTime() - start);
      }
    }
    double undisturbed = median(rates[0]);
    for (int busy = 0; busy <= cores; busy++) {
      System.out.println(line(busy, cores, Parallel.threads(), median(rates[busy]), undisturbed, median(others[busy])));
    }
  }

  private void keepBusy() {
    double value = 0.5;
    while (!over) {
      value = 3.9 * value * (1 - value);
    }
    sink = value;
    taken.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  /** Trains for so long, and returns how many pictures a second. */
  private double train(double seconds) {
    long start = System.nanoTime();
    int steps = 0;
    while (System.nanoTime() - start < seconds * 1e9) {
      trainer.step(pictures, labels);
      steps++;
    }
    return steps * BATCH / ((System.nanoTime() - start) / 1e9);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** What was measured beside {@code busy} threads that together took {@code others} cores' time. */
  static String line(int busy, int cores, int threads, double rate, double undisturbed, double others) {
    double most = Math.min(threads, cores);
    double left = Math.min(threads, cores - others) / most;
    double fair = Math.min(threads, threads * cores / (double) (threads + busy)) / most;
    return String.format(Locale.ROOT, "busy threads %d: %6.0f images/s, %3.0f %% of the rate without; they took %.2f of"
        + " %d cores and left %3.0f %% (fair would be %3.0f %%)", busy, rate, 100 * rate / undisturbed, others, cores,
        100 * left, 100 * fair);
  }
}
