package dev.fovea.examples.cli;

import dev.fovea.core.io.AtomicFile;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Optimizer;
import dev.fovea.train.Fit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the commands have in common that train and write what they are asked for. */
final class TrainingOptions extends LearningOptions {
  @Option(names = "--save", paramLabel = "FILE",
      description = "Writes the trained model as JSON, gzipped if the name ends in .gz.")
  private Path save;

  @Option(names = "--csv", paramLabel = "FILE", description = "Writes the figures of each epoch as CSV.")
  private Path csv;

  TrainingOptions(int epochs) {
    super(Network.CONVNET, epochs);
  }

  /** Refuses wrong numbers, and files that could not be written in the end; sets the number of threads. */
  void check() throws IOException {
    checkNumbers();
    if (save != null && csv != null && save.toAbsolutePath().normalize().equals(csv.toAbsolutePath().normalize())) {
      throw wrong("--csv: expected another file than --save has, got " + csv);
    }
    if (save != null) {
      AtomicFile.requireWritable(save);
    }
    if (csv != null) {
      AtomicFile.requireWritable(csv);
    }
  }

  Optional<Path> save() {
    return Optional.ofNullable(save);
  }

  Optional<Path> csv() {
    return Optional.ofNullable(csv);
  }

  /** The chosen network for such data. */
  Sequential model(Dataset train) {
    return network().build(train.sampleShape(), train.classNames().size(), seed());
  }

  /** The chosen optimizer, its rate spread over all steps. */
  Optimizer optimizer(Dataset train) {
    return optimizer(train.size());
  }

  /** How to train. */
  Fit fit() {
    return Fit.epochs(epochs()).batchSize(batchSize()).seed(seed()).quietly();
  }
}
