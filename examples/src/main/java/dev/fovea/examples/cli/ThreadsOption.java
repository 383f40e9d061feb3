package dev.fovea.examples.cli;

import dev.fovea.core.kernels.Parallel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --threads}: how many threads compute. */
final class ThreadsOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--threads", paramLabel = "N",
      description = "Threads that compute (default: all cores, which is also the most). "
          + "The result does not depend on it.")
  private Integer threads;

  /** Checks the number and sets it. */
  void apply() {
    if (threads != null) {
      atLeastOne(command, "--threads", threads);
      Parallel.limit(threads);
    }
  }

  /** Refuses a number below 1 as wrong usage. */
  static void atLeastOne(CommandSpec command, String option, int value) {
    if (value < 1) {
      throw new ParameterException(command.commandLine(), option + ": expected at least 1, got " + value);
    }
  }
}
