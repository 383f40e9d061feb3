package dev.fovea.benchmarks;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.data.image.ImageFolder;
import dev.fovea.data.image.ImageLoader;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints whether pictures are decoded fast enough to train on them: epochs over files that are decoded ahead, in turn
 * with epochs over the same pictures in the cache, and how busy each keeps the cores. Writes its pictures into the
 * folder that is named first, unless there are some; then, if wanted, how many (2000), of how many rows and columns
 * (96), and for how many epochs of each kind (4).
 */
public final class PicturesReport {
  private static final int BATCH = 32;
  private static final int FILTERS = 16;

  private PicturesReport() {}

  /** Writes pictures, trains and prints. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int count = number(arguments, 1, 2000);
    int size = number(arguments, 2, 96);
    int epochs = number(arguments, 3, 4);
    if (!Files.exists(folder)) {
      PhotoLike.write(folder, count, size);
    }
    ImageFolder pictures = ImageFolder.of(folder, ImageLoader.of(size, size));
    long start = System.nanoTime();
    Dataset cached = pictures.open();
    System.out.printf(Locale.ROOT, "opened %d pictures in %.2f s%n", cached.size(), (System.nanoTime() - start) / 1e9);
    Dataset decoded = pictures.withCache(0).open();
    Trainer trainer = trainer(cached);
    for (int epoch = 0; epoch < epochs; epoch++) {
      System.out.println(epoch(trainer, "decoded", decoded, epoch));
      System.out.println(epoch(trainer, "cached", cached, epoch));
    }
  }

  private static int number(String[] arguments, int place, int otherwise) {
    return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
  }

  private static Trainer trainer(Dataset data) {
    Sequential model = Sequential.of(data.sampleShape(), 1L,
        Conv2D.of(FILTERS, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(2 * FILTERS, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(2 * FILTERS, 3).withActivation(RELU), GlobalAveragePooling.of(),
        Dense.of(data.classNames().size()).withActivation(SOFTMAX));
    return Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
  }

  private static String epoch(Trainer trainer, String name, Dataset data, int number) {
    long start = System.nanoTime();
    long used = processorTime();
    try (BatchIterator epoch = Batches.of(data, BATCH).shuffled(3L).epoch(number)) {
      for (Batch batch : epoch) {
        trainer.step(batch.x(), batch.y());
      }
    }
    return line(name, data.size(), (System.nanoTime() - start) / 1e9, (processorTime() - used) / 1e9);
  }

  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** What an epoch came to, in seconds on the clock and of the processors. */
  static String line(String name, int pictures, double seconds, double used) {
    return String.format(Locale.ROOT, "%-8s  %6.0f images/s   %d threads keep %.2f cores busy",
        name, pictures / seconds, Parallel.threads(), used / seconds);
  }
}
