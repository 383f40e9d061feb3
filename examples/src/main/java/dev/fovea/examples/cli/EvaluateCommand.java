package dev.fovea.examples.cli;

import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.data.Mnist;
import dev.fovea.data.image.ImageLoader;
import dev.fovea.examples.run.DataChoice;
import dev.fovea.examples.run.RunData;
import dev.fovea.examples.run.RunFolder;
import dev.fovea.examples.run.RunSettings;
import dev.fovea.examples.run.Waiting;
import dev.fovea.layers.Model;
import dev.fovea.optim.Sgd;
import dev.fovea.train.Evaluation;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fovea evaluate}: how a saved model does on test data. */
@Command(name = "evaluate", description =
    "Prints how a saved model does: loss, accuracy, top-3 accuracy, confusion matrix.")
final class EvaluateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "The model, as --save wrote it, or the folder of a run, which is then "
      + "tested on its own test data unless others are given.")
  private Path file;

  @ArgGroup(multiplicity = "0..1")
  private Source source;

  @Mixin
  private ThreadsOption threads;

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Where the data come from: one or the other. */
  static final class Source {
    @Option(names = "--data", paramLabel = "DIR", required = true, description =
        "The folder with t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, as they are or gzipped (.gz).")
    private Path folder;

    @Option(names = "--digits", paramLabel = "N", required = true, description =
        "That many generated digits, which digits --seed 1 neither trains nor tests with.")
    private Integer digits;

    @Option(names = "--pictures", paramLabel = "DIR", required = true, description =
        "A folder with one sub-folder of pictures for each class, or a table (.csv) of file and label.")
    private Path pictures;
  }

  @Override
  public Integer call() throws Exception {
    if (source != null && source.digits != null) {
      ThreadsOption.atLeastOne(command, "--digits", source.digits);
    }
    RunFolder run = new RunFolder(file);
    if (source == null && !run.isBegun()) {
      throw new ParameterException(command.commandLine(),
          "expected test data, --data DIR, --pictures DIR or --digits N, or the folder of a run, got " + file);
    }
    threads.apply();
    Model model = ModelFile.load(file);
    Dataset data = source == null ? RunData.load(RunSettings.read(run.settings()), Waiting.UNSEEN).test() : data(model);
    ModelFile.requireFits(file, model, data);
    // An evaluation takes no step, so it does not matter which optimizer does not take it.
    Evaluation evaluation = Trainer.of(model, Sgd.of(0), Loss.sparseCategoricalCrossEntropy()).evaluate(data);
    terminal.out().println(EvaluationReport.of(evaluation));
    terminal.out().printf(Locale.ROOT, "%n%,d pictures in %.2f s%n", evaluation.samples(), evaluation.seconds());
    return 0;
  }

  private Dataset data(Model model) throws IOException {
    if (source.pictures != null) {
      return DataChoice.folder(source.pictures, ImageLoader.of(model.inputShape()))
          .withClassNames(ModelFile.classNames(model)).open();
    }
    return source.digits != null ? Digits.generate(source.digits, Long.MIN_VALUE) : Mnist.test(source.folder);
  }
}
