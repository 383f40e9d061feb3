package dev.fovea.examples.cli;

import dev.fovea.core.io.AtomicFile;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.examples.report.Report;
import dev.fovea.examples.report.Subject;
import dev.fovea.examples.run.Interruption;
import dev.fovea.examples.run.RunData;
import dev.fovea.examples.run.RunFolder;
import dev.fovea.examples.run.RunSettings;
import dev.fovea.layers.Metadata;
import dev.fovea.train.Checkpoint;
import dev.fovea.train.Checkpoints;
import dev.fovea.train.EpochFile;
import dev.fovea.train.Evaluation;
import dev.fovea.train.Fit;
import dev.fovea.train.History;
import dev.fovea.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Trains into a folder: what {@code fovea train} does. */
final class TrainRun {
  private static final double CHECKPOINT_SECONDS = 30;
  private static final int CHECKPOINTS = 2;

  private final Terminal terminal;
  private final PrintStream out;
  private final RunSettings settings;
  private final RunFolder folder;

  TrainRun(Terminal terminal, RunSettings settings, RunFolder folder) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.settings = settings;
    this.folder = folder;
  }

  /**
   * Trains, evaluates and writes everything; says whether it came to its end.
   *
   * @param resume whether to go on from the folder's last checkpoint
   */
  boolean run(boolean resume) throws IOException {
    if (resume) {
      RunSettings.read(folder.settings()).requireSame(settings);
    }
    RunData data = load();
    Learning learning = Learning.of(settings, data.train());
    describe(data, learning);
    Trainer trainer = Trainer.of(learning.model(), learning.optimizer(), learning.loss());
    if (!resume) {
      begin();
    }
    Checkpoints checkpoints = Checkpoints.in(folder.checkpoints()).everyEpoch().everySeconds(CHECKPOINT_SECONDS)
        .keeping(CHECKPOINTS).withBest(learning.best());
    History history;
    try (EpochBar bar = new EpochBar(terminal, data.train().size(), "validation accuracy");
        Interruption interruption = Interruption.calling(checkpoints::stop)) {
      history = trainer.fit(data.train(), fit(data, learning, resume).callback(bar)
          .callback(EpochFile.csv(folder.history())).callback(checkpoints));
      if (interruption.asked() && history.epochs().size() < settings.epochs()) {
        bar.clear();
        out.printf("%ninterrupted; to go on:%n%s%n", settings.commandToResume(folder.path()));
        return false;
      }
      finish(data, trainer, history);
    }
    return true;
  }

  private RunData load() throws IOException {
    try (WaitingBar waiting = new WaitingBar(terminal)) {
      return RunData.load(settings, waiting);
    }
  }

  private void begin() throws IOException {
    folder.create();
    settings.write(folder.settings());
    byte[] command = (settings.command() + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(folder.command(), stream -> stream.write(command));
  }

  private Fit fit(RunData data, Learning learning, boolean resume) throws IOException {
    Fit fit = Fit.epochs(settings.epochs()).batchSize(settings.batchSize()).seed(settings.seed())
        .validation(data.validation()).quietly()
        .augmentation(learning.augmentation());
    if (resume) {
      Path last = Checkpoints.latest(folder.checkpoints()).orElse(null);
      if (last != null) {
        Checkpoint checkpoint = Checkpoint.read(last);
        out.printf(Locale.ROOT, "goes on after step %,d%n%n", checkpoint.steps());
        return fit.resuming(checkpoint);
      }
    }
    return fit;
  }

  private void describe(RunData data, Learning learning) {
    data.notes().forEach(out::println);
    out.printf(Locale.ROOT, "%s: %,d pictures to train with, %,d to choose the best epoch by, %,d to test, %s, "
        + "%,d classes%n%n", data.title(), data.train().size(), data.validation().size(), data.test().size(),
        data.train().sampleShape().crossed(), data.train().classNames().size());
    out.println(learning.model().summary());
    out.printf(Locale.ROOT, "%n%s%n%s%nbatches of %d, seed %d, threads %d, kernels %s%n%n", learning.optimizer(),
        learning.augmentation(), settings.batchSize(), settings.seed(), Parallel.threads(), Kernels.get().name());
  }

  /** The best epoch's weights, what they give on the test data, and all that is to be read afterwards. */
  private void finish(RunData data, Trainer trainer, History history) throws IOException {
    Checkpoint best = Checkpoint.read(Checkpoints.best(folder.checkpoints()));
    best.copyWeightsTo(trainer.model());
    Evaluation evaluation = trainer.evaluate(data.test());
    out.printf("%nOn the test data, with the weights of epoch %d:%n%s%n%n", best.epochs(),
        EvaluationReport.of(evaluation));
    Map<String, String> facts = facts(best, history);
    Subject subject = new Subject(data.title(), trainer.model(), trainer.loss(), data.train(), data.test(), history,
        evaluation, trainer.predict(data.test()), facts);
    Gallery.of(data.test(), subject.probabilities(), data.train().classNames()).print(terminal);
    trainer.model().withMetadata(Metadata.none().withClasses(data.train().classNames()).with("data", data.title())
        .with("command", settings.command())
        .with("test accuracy", String.format(Locale.ROOT, "%.4f", evaluation.accuracy()))).save(folder.model());
    settings.withFacts(facts).write(folder.settings());
    Report.write(subject, folder.report(), folder.charts());
    out.println("wrote " + folder.model() + " and " + folder.report());
    out.println(TrainingRun.lastLine(evaluation, history));
  }

  private Map<String, String> facts(Checkpoint best, History history) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", "`" + settings.command() + "`");
    facts.put("seed", Long.toString(settings.seed()));
    facts.put("epochs", history.epochs().size() + ", the weights are those of epoch " + best.epochs()
        + ", the best on the validation data");
    facts.put("training time", String.format(Locale.ROOT, "%.1f s, %.0f pictures a second",
        history.epochs().stream().mapToDouble(History.Epoch::seconds).sum(), history.last().imagesPerSecond()));
    facts.put("memory", String.format(Locale.ROOT, "%,d MiB in use of %,d MiB that Java may take",
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
        Runtime.getRuntime().maxMemory() >> 20));
    facts.put("machine", String.format(Locale.ROOT, "%d threads, kernels %s, Java %s, %s %s", Parallel.threads(),
        Kernels.get().name(), System.getProperty("java.version"), System.getProperty("os.name"),
        System.getProperty("os.arch")));
    return facts;
  }
}
