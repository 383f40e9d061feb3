package dev.fovea.examples.cli;

import dev.fovea.layers.Metadata;
import dev.fovea.layers.Model;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea summary}: what is in a model file. */
@Command(name = "summary", description = "Prints what is in a model file: its layers, parameters and classes.")
final class SummaryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The model, as --save wrote it.")
  private Path file;

  @Option(names = "--plan", paramLabel = "BATCH",
      description = "Also prints how batches of this size are predicted: what is fused, which memory format and which"
          + " algorithm each operation has and why, and the memory it takes.")
  private Integer planned;

  SummaryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Model model = ModelFile.load(file);
    String plan = planned == null ? "" : model.plan(planned) + System.lineSeparator();
    Metadata metadata = model.metadata();
    terminal.out().println(model.summary());
    if (!metadata.classes().isEmpty()) {
      terminal.out().println("Classes: " + String.join(", ", metadata.classes()));
    }
    metadata.texts().forEach((name, text) -> terminal.out().println(name + ": " + text));
    terminal.out().print(plan);
    return 0;
  }
}
