package dev.fovea.benchmarks;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Measures one workload, as programs of other frameworks do theirs: what {@code compare} runs.
 *
 * <p>Prints lines {@code NAME WORKLOAD METRIC VALUE}: {@code train_b32_ips} and {@code infer_b128_ips} are images a
 * second at that batch size, {@code infer_b1_us} microseconds for one picture, {@code peak_rss_mb} the most memory the
 * process has had, in MiB. A training step is all of {@link Trainer#step} and reading its loss, with Adam at 1e-3; an
 * inference step is {@link Sequential#predict}. Times are {@link StepTimer}'s. {@code -Dpeer.name=} sets the name.
 */
public final class WorkloadRun {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");
  private static final double RATE = 1e-3;

  private final String name;
  private final Workload workload;
  private final StepTimer timer;
  private final PrintStream out;

  WorkloadRun(String name, Workload workload, StepTimer timer, PrintStream out) {
    this.name = name;
    this.workload = workload;
    this.timer = timer;
    this.out = out;
  }

  /** Measures the workload of this name. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("workload: expected its name, got " + arguments.length + " arguments");
      System.exit(2);
    }
    try {
      String name = System.getProperty("peer.name", "fovea");
      new WorkloadRun(name, Workload.named(arguments[0]), StepTimer.of(System.getenv()), System.out).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  void run() throws IOException {
    workload.trainingBatches().forEach(this::train);
    workload.inferenceBatches().forEach(this::infer);
    if (Files.exists(STATUS)) {
      Matcher peak = PEAK.matcher(Files.readString(STATUS));
      if (peak.find()) {
        print("peak_rss_mb", Double.parseDouble(peak.group(1)) / 1024);
      }
    }
  }

  private void train(int size) {
    Sequential model = workload.model();
    print("params", model.trainableCount());
    Trainer trainer = Trainer.of(model, Adam.of(RATE), Loss.sparseCategoricalCrossEntropy());
    List<Tensor> pictures = pictures(size);
    List<Tensor> labels = labels(size);
    double[] loss = new double[1];
    double seconds = timer.median(step -> {
      int batch = step % workload.batches();
      loss[0] = trainer.step(pictures.get(batch), labels.get(batch)).loss();
    });
    print("train_b" + size + "_ips", size / seconds);
    print("train_b" + size + "_last_loss", loss[0]);
  }

  private void infer(int size) {
    Sequential model = workload.model();
    List<Tensor> pictures = pictures(size);
    double seconds = timer.median(step -> model.predict(pictures.get(step % workload.batches())));
    if (size == 1) {
      print("infer_b1_us", seconds * 1e6);
    } else {
      print("infer_b" + size + "_ips", size / seconds);
    }
  }

  /** Batches of pictures uniform in [0, 1). */
  private List<Tensor> pictures(int size) {
    RandomSource random = RandomSource.of(1L, 0);
    Shape shape = workload.sample().prepend(size);
    return IntStream.range(0, workload.batches()).mapToObj(batch -> {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.uniform();
      }
      return Tensor.wrap(shape, values);
    }).toList();
  }

  private List<Tensor> labels(int size) {
    RandomSource random = RandomSource.of(1L, 1);
    return IntStream.range(0, workload.batches()).mapToObj(batch -> {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = random.below(workload.classes());
      }
      return Tensor.vector(values);
    }).toList();
  }

  private void print(String metric, double value) {
    out.printf(Locale.ROOT, "%s %s %s %.6g%n", name, workload.name(), metric, value);
    out.flush();
  }
}
