package dev.fovea.examples.cli;

import dev.fovea.examples.report.Report;
import dev.fovea.examples.report.Subject;
import dev.fovea.examples.run.RunData;
import dev.fovea.examples.run.RunFolder;
import dev.fovea.examples.run.RunSettings;
import dev.fovea.layers.Model;
import dev.fovea.optim.Sgd;
import dev.fovea.train.History;
import dev.fovea.train.Loss;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea report}: the report of a run, anew. */
@Command(name = "report", description = {
    "Writes the report of a run anew, into the run's folder: a page for the browser that needs nothing but itself, and "
        + "its charts as pictures.",
    "The data have to be where they were."})
final class ReportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "RUN", description = "The folder of the run, as fovea train wrote it.")
  private Path path;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    RunFolder run = new RunFolder(path);
    if (!run.isBegun()) {
      throw new IOException(path + ": expected the folder of a run, with " + run.settings().getFileName());
    }
    RunSettings settings = RunSettings.read(run.settings());
    Model model = ModelFile.load(path);
    RunData data = load(settings);
    ModelFile.requireFits(path, model, data.test());
    History history = History.readCsv(run.history());
    // A report takes no step, so it does not matter which optimizer does not take it.
    Trainer trainer = Trainer.of(model, Sgd.of(0), Loss.sparseCategoricalCrossEntropy());
    Report.write(Subject.of(data.title(), trainer, data.train(), data.test(), history, settings.facts()), run.report(),
        run.charts()).forEach(file -> terminal.out().println("wrote " + file));
    return 0;
  }

  private RunData load(RunSettings settings) throws IOException {
    try (WaitingBar waiting = new WaitingBar(terminal)) {
      return RunData.load(settings, waiting);
    }
  }
}
