package dev.fovea.examples.cli;

import dev.fovea.examples.run.DataChoice;
import dev.fovea.examples.run.RunSettings;
import java.util.Map;
import picocli.CommandLine.Option;

/** What {@code fovea train} takes besides what all training does. */
final class RunOptions extends LearningOptions {
  private static final int EPOCHS = 20;

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
    super(EPOCHS);
  }

  /** What the run is asked for, on these data; refuses wrong numbers, and sets the number of threads. */
  RunSettings settings(DataChoice data) {
    checkNumbers();
    if (!(validation > 0 && test > 0 && validation + test < 1)) {
      throw wrong("--validation and --test: expected shares above 0 that leave something to train with, got "
          + validation + " and " + test);
    }
    AugmentChoice choice = augment != null ? augment : AugmentChoice.usualFor(data);
    return new RunSettings(data, network().toString(), choice.toString(), epochs(), batchSize(),
        optimizerChoice().toString(), rate(), seed(), validation, test, Map.of());
  }
}
