package dev.fovea.examples.cli;

import dev.fovea.examples.run.DataChoice;
import dev.fovea.examples.run.RunFolder;
import dev.fovea.examples.run.RunSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fovea train}: from pictures to a model and its report. */
@Command(name = "train", description = {
    "Trains a network on your own pictures, or on a well-known data set, and writes a folder with the model, a report "
        + "for the browser, the figures of each epoch, and checkpoints to go on from.",
    "Part of the data is kept apart for the validation, by which the best epoch is chosen, and for the test. Ctrl-C "
        + "ends the run after the batch under way; the same command with --resume goes on, to the same result bit for"
        + " bit. The last line printed is the result."})
final class TrainCommand implements Callable<Integer> {
  /** As a shell has it for a program that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  private final Terminal terminal;

  @Spec
  private CommandSpec command;

  @Mixin
  private DataOptions data;

  @Option(names = "--out", paramLabel = "RUN", description =
      "The folder to write (default: runs/NAME, or with a number if that is there).")
  private Path out;

  @Option(names = "--resume", description = "Goes on with the run in the folder that --out names.")
  private boolean resume;

  @Mixin
  private RunOptions options;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    DataChoice choice = data.choice();
    RunSettings settings = options.settings(choice);
    if (resume && out == null) {
      throw wrong("--resume: expected --out RUN, the folder of the run to go on with");
    }
    RunFolder run = out != null ? new RunFolder(out)
        : RunFolder.unused(Path.of("runs"), Path.of(choice.name()).getFileName().toString());
    if (run.isBegun() && !resume) {
      throw wrong("--out: expected a new folder, got " + run.path() + ", which holds a run; --resume goes on with it");
    }
    if (resume && !run.isBegun()) {
      throw wrong("--resume: expected the folder of a run, got " + run.path() + ", which holds none");
    }
    return new TrainRun(terminal, settings, run).run(resume) ? 0 : INTERRUPTED;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
