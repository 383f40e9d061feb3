package dev.fovea.benchmarks;

import dev.fovea.core.Tensor;
import dev.fovea.layers.Model;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How long a JVM takes from its start to its first prediction (the file of the MNIST convnet read, one picture
 * asked), with and without an archive of its classes (class data sharing), and to 90 % of its steady rate in training.
 */
public final class StartReport {
  private static final int RUNS = 7;
  private static final int BATCH = 32;
  private static final int TRAINING_SECONDS = 10;
  /** Steps whose median tells the rate. */
  private static final int WINDOW = 10;
  private static final double SHARE = 0.9;

  private StartReport() {}

  /** Measures and prints; takes half a minute. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("start");
    Path file = directory.resolve("model.json");
    Path archive = directory.resolve("classes.jsa");
    try {
      Workload.named("keras-mnist").model().save(file);
      print("first prediction", seconds(List.of(), file));
      if (dump(archive, file)) {
        print("first prediction, with an archive of classes",
            seconds(List.of("-XX:SharedArchiveFile=" + archive), file));
      } else {
        System.out.println("no archive of classes: that takes a class path of jars, such as benchmarks.jar alone");
      }
      System.out.println(lastLine(start(List.of(), WarmUp.class)));
    } finally {
      Files.deleteIfExists(archive);
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static void print(String what, double[] seconds) {
    System.out.printf(Locale.ROOT, "%-46s %.2f s (%.2f to %.2f, %d JVMs)%n", what + ":", seconds[seconds.length / 2],
        seconds[0], seconds[seconds.length - 1], seconds.length);
  }

  /** The seconds that JVMs take for one prediction each, in ascending order; the first JVM is not counted. */
  private static double[] seconds(List<String> flags, Path file) throws IOException, InterruptedException {
    double[] seconds = new double[RUNS];
    for (int run = -1; run < RUNS; run++) {
      long before = System.nanoTime();
      lastLine(start(flags, FirstPrediction.class, file.toString()));
      seconds[Math.max(0, run)] = (System.nanoTime() - before) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds;
  }

  private static boolean dump(Path archive, Path file) throws IOException, InterruptedException {
    lastLine(start(List.of("-XX:ArchiveClassesAtExit=" + archive), FirstPrediction.class, file.toString()));
    return Files.exists(archive);
  }

  private static Process start(List<String> flags, Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String lastLine(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("start: a JVM ended with " + process.exitValue() + ": " + output);
    }
    return output.strip().substring(output.strip().lastIndexOf('\n') + 1);
  }

  /** Reads a model and asks it for one picture. */
  static final class FirstPrediction {
    public static void main(String[] args) throws IOException {
      Model model = Model.load(Path.of(args[0]));
      System.out.println(model.predict(Tensor.zeros(model.inputShape())).argMax());
    }
  }

  /** Trains, and prints when it had come near the rate that it had in the end. */
  static final class WarmUp {
    public static void main(String[] args) {
      long start = TimeUnit.MILLISECONDS.toNanos(ManagementFactory.getRuntimeMXBean().getStartTime()
          - System.currentTimeMillis()) + System.nanoTime();
      Workload workload = Workload.named("keras-mnist");
      Trainer trainer =
          Trainer.of(workload.model(), Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
      Tensor x = Tensor.zeros(workload.sample().prepend(BATCH));
      Tensor y = Tensor.vector(new float[BATCH]);
      List<Step> steps = new ArrayList<>();
      while (steps.isEmpty() || steps.get(steps.size() - 1).end < TRAINING_SECONDS) {
        long before = System.nanoTime();
        trainer.step(x, y);
        long after = System.nanoTime();
        steps.add(new Step((after - start) / 1e9, (after - before) / 1e9));
      }
      System.out.println(describe(steps));
    }
  }

  /**
   * A training step.
   *
   * @param end when it ended, in seconds from the start of the JVM
   * @param seconds how long it took
   */
  record Step(double end, double seconds) {}

  /** When these steps had come near their steady rate, that of the last quarter. */
  static String describe(List<Step> steps) {
    double steady = median(steps.subList(steps.size() * 3 / 4, steps.size()));
    int end = Math.min(WINDOW, steps.size());
    while (end < steps.size() && median(steps.subList(end - WINDOW, end)) * SHARE > steady) {
      end++;
    }
    return String.format(Locale.ROOT, "%-46s %.2f s (first step %.0f ms, steady ones %.2f ms)",
        "training at 90 % of its steady rate:", steps.get(end - 1).end, steps.get(0).seconds * 1e3, steady * 1e3);
  }

  private static double median(List<Step> steps) {
    double[] seconds = steps.stream().mapToDouble(Step::seconds).sorted().toArray();
    return seconds[seconds.length / 2];
  }
}
