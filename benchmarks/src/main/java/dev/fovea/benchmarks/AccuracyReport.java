package dev.fovea.benchmarks;

import dev.fovea.core.Shape;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.data.Dataset;
import dev.fovea.data.Mnist;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Evaluation;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints what the MNIST convnet scores on the test data after one epoch, for the seeds 1, 2 and 3: with
 * {@code -Dfovea.conv=direct} by direct sums, otherwise by the algorithms that plans choose. Argument: the folder with
 * MNIST's four files.
 */
public final class AccuracyReport {
  private static final int BATCH = 64;
  private static final int SEEDS = 3;

  private AccuracyReport() {}

  /** Trains three times and prints. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    report(Mnist.train(folder), Mnist.test(folder));
  }

  private static void report(Dataset train, Dataset test) {
    double sum = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      double accuracy = accuracy(train, test, seed);
      sum += accuracy;
      System.out.printf(Locale.ROOT, "convolutions %s, seed %d: accuracy %.4f%n", ConvChoice.configured(), seed,
          accuracy);
    }
    System.out.printf(Locale.ROOT, "convolutions %s: mean accuracy %.4f%n", ConvChoice.configured(), sum / SEEDS);
  }

  /** The accuracy after one epoch. */
  static double accuracy(Dataset train, Dataset test, long seed) {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), seed, Networks.mnistConvnet());
    Trainer trainer = Trainer.of(model, Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(train, Fit.epochs(1).batchSize(BATCH).seed(seed));
    Evaluation evaluation = trainer.evaluate(test);
    return evaluation.accuracy();
  }
}
