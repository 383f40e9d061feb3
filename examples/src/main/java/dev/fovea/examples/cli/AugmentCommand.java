package dev.fovea.examples.cli;

import dev.fovea.data.Dataset;
import dev.fovea.data.PictureSheet;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.examples.run.DataChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fovea augment}: a sheet of pictures as training sees them. */
@Command(name = "augment", description = {
    "Writes a sheet of pictures as training sees them: each row a picture, in front as it is, then changed at random as"
        + " in one epoch after the other.",
    "Look at it before you train: who can no longer tell what a picture shows asks too much of the network too."})
final class AugmentCommand implements Callable<Integer> {
  private static final int ROWS = 8;
  private static final int COLUMNS = 10;

  private final Terminal terminal;

  @Spec
  private CommandSpec command;

  @Mixin
  private DataOptions data;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The sheet, a PNG file.")
  private Path out;

  @Option(names = "--augment", paramLabel = "NAME", description =
      "How pictures are changed: ${COMPLETION-CANDIDATES} (default: digits for handwriting, photos for all else).")
  private AugmentChoice augment;

  @Option(names = "--rows", paramLabel = "N", description = "Pictures (default: ${DEFAULT-VALUE}).")
  private int rows = ROWS;

  @Option(names = "--columns", paramLabel = "N", description = "Variants of each (default: ${DEFAULT-VALUE}).")
  private int columns = COLUMNS;

  @Option(names = "--seed", paramLabel = "N", description = "Decides the changes (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  AugmentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    DataChoice choice = data.choice();
    ThreadsOption.atLeastOne(command, "--rows", rows);
    ThreadsOption.atLeastOne(command, "--columns", columns);
    Dataset samples = samples(choice).shuffled(seed);
    Augmentation augmentation =
        (augment != null ? augment : AugmentChoice.usualFor(choice)).of(samples.sampleShape());
    PictureSheet.of(samples, augmentation).withRows(rows).withColumns(columns).withSeed(seed).write(out);
    terminal.out().println(augmentation);
    terminal.out().println("wrote " + out);
    return 0;
  }

  private Dataset samples(DataChoice choice) throws IOException {
    try (WaitingBar waiting = new WaitingBar(terminal)) {
      return choice.train(seed, waiting);
    }
  }
}
