package dev.fovea.examples.cli;

import dev.fovea.data.Mnist;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fovea mnist}: trains on MNIST, or on another data set in files of the same kind and names. */
@Command(name = "mnist", description = {
    "Trains a network on MNIST, or on data in files of the same kind and names, such as Fashion-MNIST.",
    "The last line printed is the result."})
final class MnistCommand implements Callable<Integer> {
  private static final int EPOCHS = 5;

  private final Terminal terminal;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = {
      "The folder with the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and "
          + "t10k-labels-idx1-ubyte, as they are or gzipped (.gz)."})
  private Path data;

  @Mixin
  private TrainingOptions options = new TrainingOptions(EPOCHS);

  MnistCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    new TrainingRun(terminal, options).run("MNIST", Mnist.train(data), Mnist.test(data));
    return 0;
  }
}
