package dev.fovea.examples.cli;

import dev.fovea.optim.Optimizer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is trained and how, as all commands that train have it. */
abstract class LearningOptions {
  private static final int BATCH_SIZE = 64;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = {"--model", "--arch"}, paramLabel = "NAME",
      description = "The network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Network network;

  @Option(names = "--epochs", paramLabel = "N",
      description = "How often to go through the training data (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Pictures a step (default: ${DEFAULT-VALUE}).")
  private int batchSize = BATCH_SIZE;

  @Option(names = "--learning-rate", paramLabel = "RATE",
      description = "The highest learning rate; it rises at first, then falls to 0 along a cosine (default: 0.003, "
          + "with rmsprop 0.001, with sgd 0.05).")
  private Double rate;

  @Option(names = "--optimizer", paramLabel = "NAME",
      description = "The optimizer: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). sgd has a momentum of 0.9.")
  private OptimizerChoice optimizer = OptimizerChoice.ADAM;

  @Option(names = "--seed", paramLabel = "N",
      description = "Decides the first weights and the order of the data (default: ${DEFAULT-VALUE}). "
          + "The same seed gives the same model, bit for bit.")
  private long seed = 1;

  @Mixin
  private ThreadsOption threads;

  LearningOptions(Network network, int epochs) {
    this.network = network;
    this.epochs = epochs;
  }

  /** Refuses wrong numbers; sets the number of threads. */
  final void checkNumbers() {
    ThreadsOption.atLeastOne(command, "--epochs", epochs);
    ThreadsOption.atLeastOne(command, "--batch-size", batchSize);
    if (rate != null && !(rate > 0 && rate <= Float.MAX_VALUE)) {
      throw wrong("--learning-rate: expected a number above 0, got " + rate);
    }
    threads.apply();
  }

  /** Whether this option was given. */
  final boolean given(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Wrong usage, in these words. */
  final ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  final Network network() {
    return network;
  }

  final int epochs() {
    return epochs;
  }

  final int batchSize() {
    return batchSize;
  }

  final long seed() {
    return seed;
  }

  final OptimizerChoice optimizerChoice() {
    return optimizer;
  }

  /** The highest learning rate: the optimizer's usual one unless another is asked for. */
  final double rate() {
    return rate == null ? optimizer.usualRate() : rate;
  }

  /** The chosen optimizer, its rate spread over all steps of so many samples an epoch. */
  final Optimizer optimizer(int samples) {
    return optimizer.over((long) epochs * ((samples + batchSize - 1) / batchSize), rate());
  }
}
