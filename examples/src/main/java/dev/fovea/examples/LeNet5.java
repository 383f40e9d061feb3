package dev.fovea.examples;

import dev.fovea.core.Shape;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Architectures;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Schedule;
import dev.fovea.train.ConfusionMatrix;
import dev.fovea.train.Evaluation;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.PrintStream;
import java.util.Locale;

/**
 * LeNet-5 (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998), the
 * first convolutional network in wide use, as it is taught today: fully connected where the original saved
 * connections, and with a softmax at its end.
 */
public final class LeNet5 {
  private LeNet5() {}

  /** Trains it on generated digits and prints how it does. */
  public static void main(String[] args) {
    run(System.out, 10_000, 2_000, 4);
  }

  static Evaluation run(PrintStream out, int trainSize, int testSize, int epochs) {
    Dataset train = Digits.generate(trainSize, 1L);
    Dataset test = Digits.generate(testSize, 2L);
    Sequential model = Architectures.leNet5(Shape.of(1, 28, 28), 10, 42L);
    out.println("LeNet-5 as the code that makes it:\n" + model + "\n");

    int batchSize = 32;
    Schedule rate = Schedule.cosine(2e-3, (long) epochs * trainSize / batchSize, 0);
    Trainer trainer = Trainer.of(model, Adam.of(rate), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(train, Fit.epochs(epochs).batchSize(batchSize).seed(7L));

    Evaluation evaluation = trainer.evaluate(test);
    out.printf(Locale.ROOT, "Of %d digits it has never seen it reads %.2f %% right. What it mistakes most often:%n",
        test.size(), 100 * evaluation.accuracy());
    for (ConfusionMatrix.Mistake mistake : evaluation.confusion().orElseThrow().mistakes(3)) {
      out.printf("  %d taken for %d: %d times%n", mistake.actual(), mistake.predicted(), mistake.count());
    }
    return evaluation;
  }
}
