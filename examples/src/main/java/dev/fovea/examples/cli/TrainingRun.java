package dev.fovea.examples.cli;

import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Metadata;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Optimizer;
import dev.fovea.train.Evaluation;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Trains, shows how it goes and how it went, and writes the files that were asked for. */
final class TrainingRun {
  private final Terminal terminal;
  private final PrintStream out;
  private final TrainingOptions options;

  TrainingRun(Terminal terminal, TrainingOptions options) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.options = options;
  }

  /**
   * The whole run; what it prints ends in the line {@code test accuracy 0.9912 loss 0.0287 images/s 2345}.
   *
   * @param name what the data are called
   */
  void run(String name, Dataset train, Dataset test) throws IOException {
    Sequential model = options.model(train);
    Optimizer optimizer = options.optimizer(train);
    out.printf(Locale.ROOT, "%s: %,d pictures to train with, %,d to test, %s, %d classes%n%n",
        name, train.size(), test.size(), train.sampleShape().crossed(), train.classNames().size());
    out.println(model.summary());
    out.printf(Locale.ROOT, "%n%s%nbatches of %d, seed %d, threads %d, kernels %s%n%n",
        optimizer, options.fit().batchSize(), options.seed(), Parallel.threads(), Kernels.get().name());

    Trainer trainer = Trainer.of(model, optimizer, Loss.sparseCategoricalCrossEntropy());
    History history;
    try (EpochBar bar = new EpochBar(terminal, train.size(), "test accuracy")) {
      history = trainer.fit(train, options.fit().validation(test).callback(bar));
    }
    Evaluation evaluation = trainer.evaluate(test);
    out.printf("%nOn the test data:%n%s%n%n", EvaluationReport.of(evaluation));
    Gallery.of(test, trainer.predict(test), train.classNames()).print(terminal);
    write(model, history, evaluation, name, train);
    out.println(lastLine(evaluation, history));
  }

  private void write(Sequential model, History history, Evaluation evaluation, String name, Dataset train)
      throws IOException {
    if (options.csv().isPresent()) {
      history.writeCsv(options.csv().get());
      out.println("wrote " + options.csv().get());
    }
    if (options.save().isPresent()) {
      Metadata metadata = Metadata.none().withClasses(train.classNames())
          .with("data", name)
          .with("test accuracy", String.format(Locale.ROOT, "%.4f", evaluation.accuracy()));
      model.withMetadata(metadata).save(options.save().get());
      out.println("wrote " + options.save().get());
    }
  }

  /**
   * The result for people and programs: images a second are training's, without the first epoch where there are more.
   */
  static String lastLine(Evaluation evaluation, History history) {
    List<History.Epoch> epochs = history.epochs();
    double images = 0;
    double seconds = 0;
    for (History.Epoch epoch : epochs.subList(Math.min(1, epochs.size() - 1), epochs.size())) {
      images += epoch.imagesPerSecond() * epoch.seconds();
      seconds += epoch.seconds();
    }
    return String.format(Locale.ROOT, "test accuracy %.4f loss %.4f images/s %.0f",
        evaluation.accuracy(), evaluation.loss(), images / seconds);
  }
}
