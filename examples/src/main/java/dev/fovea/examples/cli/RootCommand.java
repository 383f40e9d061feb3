package dev.fovea.examples.cli;

import dev.fovea.examples.lessons.Lessons;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code fovea}: what is there, and how it ends. */
@Command(name = "fovea", version = "fovea " + RootCommand.VERSION, mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Convolutional networks in pure Java: trains them, tests them, uses them.",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done", "1:it failed; the reason is on standard error", "2:wrong usage"},
    footer = {"", "fovea COMMAND --help tells more of a command. Java's options go into JAVA_OPTS: -Dfovea.trace=true "
        + "shows where an error came from, -Xmx4g gives more memory."})
public final class RootCommand {
  static final String VERSION = "0.1.0-SNAPSHOT";

  /** Of the help: wider lines are hard to read, and narrower ones picocli refuses. */
  private static final int MOST_WIDTH = 100;
  private static final int LEAST_WIDTH = 55;

  private RootCommand() {}

  /** Runs a command on this process's streams and returns its exit status. */
  public static int run(String... args) {
    return run(Terminal.system(), new PrintWriter(System.err, true), args);
  }

  /** Runs a command there: what could not be printed, on a full disk or into a closed pipe, is a failure too. */
  static int run(Terminal terminal, PrintWriter err, String... args) {
    CommandLine line = create(terminal, err);
    int status;
    try {
      status = line.execute(args);
    } catch (Error failure) {
      status = fail(failure, line);
    }
    if (status == CommandLine.ExitCode.OK && terminal.out().checkError()) {
      err.println("fovea: not all of the output could be written");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return status;
  }

  /** The command line, printing there. */
  static CommandLine create(Terminal terminal, PrintWriter err) {
    CommandLine root = new CommandLine(new RootCommand());
    for (Object command : new Object[] {new DigitsCommand(terminal), new MnistCommand(terminal),
        new TrainCommand(terminal), new EvaluateCommand(terminal), new PredictCommand(terminal, System.in),
        new ReportCommand(terminal), new AugmentCommand(terminal), new SummaryCommand(terminal)}) {
      root.addSubcommand(line(command));
    }
    CommandLine lessons = line(new LessonCommand(terminal));
    Lessons.all().forEach(lesson -> lessons.addSubcommand(line(LessonRun.of(terminal, lesson))));
    root.addSubcommand(lessons);
    root.setOut(new PrintWriter(terminal.out(), true));
    root.setErr(err);
    root.registerConverter(Network.class, choice(Network.values()));
    root.registerConverter(Path.class, RootCommand::path);
    root.registerConverter(OptimizerChoice.class, choice(OptimizerChoice.values()));
    root.registerConverter(AugmentChoice.class, choice(AugmentChoice.values()));
    root.setUsageHelpWidth(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, terminal.width())));
    root.setParameterExceptionHandler(RootCommand::refuse);
    root.setExecutionExceptionHandler((failure, line, parsed) -> fail(failure, line));
    return root;
  }

  private static CommandLine line(Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec()
        .addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this text.").build())
        .usageMessage().sortOptions(false).sortSynopsis(false);
    return line;
  }

  private static <T> ITypeConverter<T> choice(T[] values) {
    return text -> {
      try {
        return Choice.among(values, text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  /** Java takes the names of files in the locale's encoding alone: in that of {@code LC_ALL=C} only ASCII. */
  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("expected the name of a file, got '" + text + "': " + e.getReason()
          + "; names with other letters than those of the locale need one that has them, such as LC_ALL=C.UTF-8");
    }
  }

  private static int fail(Throwable failure, CommandLine line) {
    line.getErr().println("fovea: " + Failure.message(failure));
    if (Boolean.getBoolean("fovea.trace")) {
      failure.printStackTrace(line.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static int refuse(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    line.getErr().println("fovea: " + wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }
}
