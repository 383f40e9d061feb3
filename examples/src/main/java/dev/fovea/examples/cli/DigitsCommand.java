package dev.fovea.examples.cli;

import dev.fovea.data.Digits;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fovea digits}: trains on generated digits, which need no download. */
@Command(name = "digits", description = {
    "Trains a network on handwritten digits that are drawn by a program, and tests it on others.",
    "Needs no files and no network connection. The last line printed is the result."})
final class DigitsCommand implements Callable<Integer> {
  private static final int EPOCHS = 5;

  private final Terminal terminal;

  @Spec
  private CommandSpec command;

  @Option(names = "--train", paramLabel = "N", description = "Digits to train with (default: ${DEFAULT-VALUE}).")
  private int train = 10_000;

  @Option(names = "--test", paramLabel = "N", description = "Digits to test with (default: ${DEFAULT-VALUE}).")
  private int test = 2_000;

  @Mixin
  private TrainingOptions options = new TrainingOptions(EPOCHS);

  DigitsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    ThreadsOption.atLeastOne(command, "--train", train);
    ThreadsOption.atLeastOne(command, "--test", test);
    options.check();
    // The complement is never the same seed, so no digit is in both.
    new TrainingRun(terminal, options).run("generated digits",
        Digits.generate(train, options.seed()), Digits.generate(test, ~options.seed()));
    return 0;
  }
}
