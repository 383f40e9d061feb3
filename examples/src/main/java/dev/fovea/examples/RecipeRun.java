package dev.fovea.examples;

import dev.fovea.data.Dataset;
import dev.fovea.data.Split;
import dev.fovea.data.download.NamedDataset;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Callback;
import dev.fovea.train.EarlyStopping;
import dev.fovea.train.Evaluation;
import dev.fovea.train.History;
import dev.fovea.train.Progress;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Follows a {@link Recipe} once for each of some seeds and prints how well it does on the test data, which are looked
 * at once a seed, when everything has been decided.
 */
public final class RecipeRun {
  private final Recipe recipe;
  private final Dataset train;
  private final Dataset test;
  private final PrintStream out;

  RecipeRun(Recipe recipe, Dataset train, Dataset test, PrintStream out) {
    this.recipe = recipe;
    this.train = train;
    this.test = test;
    this.out = out;
  }

  /** {@code DIR mnist small 1 2 3 4 5}: the folder with the files, the data set, the recipe, the seeds. */
  public static void main(String[] args) throws IOException {
    if (args.length < 4) {
      throw new IllegalArgumentException("expected DIR DATA RECIPE SEED..., as in data/mnist mnist small 1 2 3");
    }
    Path folder = Path.of(args[0]);
    NamedDataset data = NamedDataset.of(args[1]);
    Recipe recipe = Recipe.of(args[1], args[2]);
    long[] seeds = Stream.of(args).skip(3).mapToLong(Long::parseLong).toArray();
    new RecipeRun(recipe, data.train(folder), data.test(folder), System.out).run(seeds);
  }

  /** The test accuracy of each seed. */
  double[] run(long... seeds) {
    double[] accuracies = new double[seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      accuracies[i] = run(seeds[i]);
    }
    double mean = DoubleStream.of(accuracies).average().orElseThrow();
    double squares = DoubleStream.of(accuracies).map(each -> (each - mean) * (each - mean)).sum();
    out.printf(Locale.ROOT, "%s: mean test accuracy %.4f, deviation %.4f over %d seeds%n", recipe.title(), mean,
        Math.sqrt(squares / Math.max(1, seeds.length - 1)), seeds.length);
    return accuracies;
  }

  private double run(long seed) {
    List<Dataset> parts = Split.stratified(train, seed, 1 - Recipe.VALIDATION_SHARE, Recipe.VALIDATION_SHARE);
    Sequential model = recipe.model(train.sampleShape(), seed);
    Trainer trainer = Trainer.of(model, recipe.optimizer(parts.get(0).size()), recipe.loss());
    EarlyStopping chooser = recipe.chooser();
    trainer.fit(parts.get(0), recipe.fit(seed).validation(parts.get(1)).callback(chooser).callback(new Callback() {
      @Override
      public void afterEpoch(Progress progress) {
        History.Epoch epoch = progress.history().epochs().get(progress.epoch() - 1);
        out.printf(Locale.ROOT, "seed %d: epoch %d, validation loss %.4f, accuracy %.4f, images/s %.0f%n", seed,
            epoch.number(), epoch.validationLoss(), epoch.validationAccuracy(), epoch.imagesPerSecond());
      }
    }).quietly());
    Evaluation evaluation = trainer.evaluate(test);
    out.printf(Locale.ROOT, "seed %d: epoch %d of %d, test accuracy %.4f%n", seed, chooser.bestEpoch(), recipe.epochs(),
        evaluation.accuracy());
    return evaluation.accuracy();
  }
}
