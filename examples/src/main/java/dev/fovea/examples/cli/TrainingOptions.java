package dev.fovea.examples.cli;

import dev.fovea.data.Dataset;
import dev.fovea.layers.AtomicFile;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Optimizer;
import dev.fovea.train.Fit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands that train have in common. */
final class TrainingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--model", paramLabel = "NAME",
      description = "The network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Network network = Network.CONVNET;

  @Option(names = "--epochs", paramLabel = "N",
      description = "How often to go through the training data (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Pictures a step (default: ${DEFAULT-VALUE}).")
  private int batchSize = 64;

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

  @Option(names = "--save", paramLabel = "FILE",
      description = "Writes the trained model as JSON, gzipped if the name ends in .gz.")
  private Path save;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes the figures of each epoch as CSV.")
  private Path csv;

  @Mixin
  private ThreadsOption threads;

  TrainingOptions(int epochs) {
    this.epochs = epochs;
  }

  /** Refuses wrong numbers, and files that could not be written in the end; sets the number of threads. */
  void check() throws IOException {
    ThreadsOption.atLeastOne(command, "--epochs", epochs);
    ThreadsOption.atLeastOne(command, "--batch-size", batchSize);
    if (rate != null && !(rate > 0 && rate <= Float.MAX_VALUE)) {
      throw new ParameterException(command.commandLine(), "--learning-rate: expected a number above 0, got " + rate);
    }
    if (save != null && csv != null && save.toAbsolutePath().normalize().equals(csv.toAbsolutePath().normalize())) {
      throw new ParameterException(command.commandLine(), "--csv: expected another file than --save has, got " + csv);
    }
    threads.apply();
    if (save != null) {
      AtomicFile.requireWritable(save);
    }
    if (csv != null) {
      AtomicFile.requireWritable(csv);
    }
  }

  long seed() {
    return seed;
  }

  Optional<Path> save() {
    return Optional.ofNullable(save);
  }

  Optional<Path> csv() {
    return Optional.ofNullable(csv);
  }

  /** The chosen network for such data. */
  Sequential model(Dataset train) {
    return network.build(train.sampleShape(), train.classNames().size(), seed);
  }

  /** The chosen optimizer, its rate spread over all steps. */
  Optimizer optimizer(Dataset train) {
    long steps = (long) epochs * ((train.size() + batchSize - 1) / batchSize);
    return optimizer.over(steps, rate == null ? optimizer.usualRate() : rate);
  }

  /** How to train. */
  Fit fit() {
    return Fit.epochs(epochs).batchSize(batchSize).seed(seed).quietly();
  }
}
