package dev.fovea.examples;

import static dev.fovea.layers.Activation.RELU;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Digits;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Pass;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.OptimizerState;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Training by hand, without a Trainer: every operation computes when it is called, and after {@code backward()} every
 * value and every gradient is there to be looked at. Slower than the Trainer, and nothing is hidden.
 */
public final class EagerTraining {
  private EagerTraining() {}

  /** Trains a small network and prints what its gradients do. */
  public static void main(String[] args) {
    run(System.out, 1_600, 4);
  }

  /** Returns the mean loss of the last epoch. */
  static double run(PrintStream out, int digits, int epochs) {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,
        Conv2D.of(8, 3).withActivation(RELU), MaxPooling2D.of(2), Flatten.of(), Dense.of(10));
    OptimizerState state = OptimizerState.of(Adam.of(2e-3), model.parameters());
    Batches batches = Batches.of(Digits.generate(digits, 1L), 32).shuffled(7L);
    RandomSource random = new RandomSource(7L);
    out.println("The mean loss of each epoch, and how long the gradient of each parameter was in its last batch:");
    out.printf("%-5s  %-6s", "epoch", "loss");
    model.parameters().forEach(parameter -> out.printf("  %-13s", parameter.name()));
    out.println();

    double mean = Double.NaN;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double sum = 0;
      try (BatchIterator iterator = batches.epoch(epoch)) {
        for (Batch batch : iterator) {
          Tensor scores = model.forward(batch.x(), Pass.training(random));
          Tensor loss = Ops.crossEntropyFromLogits(scores, batch.y());
          model.parameters().forEach(Tensor::zeroGrad);   // or they would be added to those of the batch before
          loss.backward();
          state.step();
          sum += loss.item() * batch.size();
        }
      }
      mean = sum / digits;
      out.printf(Locale.ROOT, "%-5d  %.4f", epoch + 1, mean);
      model.parameters().forEach(parameter -> out.printf(Locale.ROOT, "  %-13.4f", length(parameter)));
      out.println();
    }
    return mean;
  }

  private static double length(Parameter parameter) {
    double squares = 0;
    for (float value : parameter.gradient().data()) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
