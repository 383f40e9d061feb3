package dev.fovea.examples;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Architectures;
import dev.fovea.layers.Metadata;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.train.Fit;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What was learned on many digits 0 to 4 helps to tell 5 to 9 apart, of which there are few: the convolutions are taken
 * over and held while a new head learns behind them, then all is tuned at a low rate.
 */
public final class TransferLearning {
  /** What is taken over; the two dense layers behind it are the head. */
  private static final List<String> TRUNK = List.of("conv2d", "conv2d_1");

  private TransferLearning() {}

  /** Trains with what was learned and without, and prints how each does. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("zero-to-four", ".json");
    run(System.out, 6_000, 120, 2_000, file);
    Files.delete(file);
  }

  /** How often the digits 5 to 9 are told right: from scratch, by a new head alone, and after all was tuned. */
  record Accuracy(double fromScratch, double headAlone, double tuned) {}

  static Accuracy run(PrintStream out, int many, int few, int tests, Path file) throws IOException {
    Dataset zeroToFour = fiveClasses(Digits.generate(many, 1L), 0);
    Dataset train = fiveClasses(Digits.generate(few, 2L), 5);
    Dataset test = fiveClasses(Digits.generate(tests, 3L), 5);
    Sequential first = network(1L, zeroToFour.classNames());
    fit(first, zeroToFour, 2e-3, 4);
    first.save(file);

    Sequential model = network(2L, train.classNames());
    out.println(model.loadWeights(Sequential.load(file), name -> name.startsWith("conv2d")));
    TRUNK.forEach(model::freeze);
    double headAlone = fit(model, train, 1e-3, 40).evaluate(test).accuracy();
    TRUNK.forEach(model::unfreeze);
    double tuned = fit(model, train, 2e-4, 20).evaluate(test).accuracy();
    model.save(file); // with the names of its own classes

    double fromScratch = fit(network(2L, train.classNames()), train, 1e-3, 60).evaluate(test).accuracy();
    out.printf(Locale.ROOT, "%d pictures of %s%nfrom scratch  %.4f%nnew head      %.4f%nfine-tuned    %.4f%n",
        train.size(), train.classNames(), fromScratch, headAlone, tuned);
    return new Accuracy(fromScratch, headAlone, tuned);
  }

  private static Sequential network(long seed, List<String> classes) {
    return Architectures.convnet(Shape.of(1, 28, 28), classes.size(), seed)
        .withMetadata(Metadata.none().withClasses(classes));
  }

  private static Trainer fit(Sequential model, Dataset data, double rate, int epochs) {
    Trainer trainer = Trainer.of(model, Adam.of(rate), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(data, Fit.epochs(epochs).batchSize(16).seed(7L).quietly());
    return trainer;
  }

  /** Those of five neighbouring classes, which become the labels 0 to 4. */
  private static Dataset fiveClasses(Dataset digits, int from) {
    int[] chosen = IntStream.range(0, digits.size()).filter(i -> digits.label(i) / 5 == from / 5).toArray();
    Tensor x = Tensor.zeros(digits.sampleShape().prepend(chosen.length));
    int[] labels = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      digits.read(chosen[i], x.data(), i * digits.sampleShape().size(), new float[1], 0);
      labels[i] = digits.label(chosen[i]) - from;
    }
    return ArrayDataset.of(x, labels, digits.classNames().subList(from, from + 5));
  }
}
