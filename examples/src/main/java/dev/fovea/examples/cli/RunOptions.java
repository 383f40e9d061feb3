package dev.fovea.examples.cli;

import dev.fovea.examples.Recipe;
import dev.fovea.examples.run.DataChoice;
import dev.fovea.examples.run.RunSettings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What {@code fovea train} takes besides what all training does. */
final class RunOptions extends LearningOptions {
  private static final int EPOCHS = 20;
  private static final List<String> RECIPES = List.of("--model", "--augment", "--epochs", "--batch-size",
      "--learning-rate", "--optimizer", "--validation");

  @Option(names = "--recipe", paramLabel = "NAME",
      description = "Follows a recipe that was tried on these data, such as "
      + "small, for mnist and fashion-mnist: it brings its own network, augmentation, optimizer and epochs.")
  private String recipe;

  @Option(names = "--augment", paramLabel = "NAME", description = "How training pictures are changed at random, "
      + "anew in each epoch: ${COMPLETION-CANDIDATES} (default: digits for handwriting, photos for all else).")
  private AugmentChoice augment;

  @Option(names = "--validation", paramLabel = "SHARE", description =
      "The share of the data that the best epoch is chosen by (default: ${DEFAULT-VALUE}).")
  private double validation = 0.1;

  @Option(names = "--test", paramLabel = "SHARE", description =
      "The share of pictures of your own that is kept for the test (default: ${DEFAULT-VALUE}).")
  private double test = 0.1;

  RunOptions() {
    super(Network.SMALL, EPOCHS);
  }

  /** What the run is asked for, on these data; refuses wrong numbers, and sets the number of threads. */
  RunSettings settings(DataChoice data) {
    checkNumbers();
    if (!(validation > 0 && test > 0 && validation + test < 1)) {
      throw wrong("--validation and --test: expected shares above 0 that leave something to train with, got "
          + validation + " and " + test);
    }
    if (recipe != null) {
      return following(Recipe.of(data.name(), recipe), data);
    }
    AugmentChoice choice = augment != null ? augment : AugmentChoice.usualFor(data);
    return new RunSettings(data, null, network().toString(), choice.toString(), epochs(), batchSize(),
        optimizerChoice().toString(), rate(), seed(), validation, test, Map.of());
  }

  private RunSettings following(Recipe recipe, DataChoice data) {
    RECIPES.stream().filter(this::given).findFirst().ifPresent(option -> {
      throw wrong(option + ": expected no such option with --recipe, which brings its own");
    });
    return new RunSettings(data, recipe.name(), null, null, recipe.epochs(), recipe.batchSize(), null, 0, seed(),
        Recipe.VALIDATION_SHARE, test, Map.of());
  }
}
