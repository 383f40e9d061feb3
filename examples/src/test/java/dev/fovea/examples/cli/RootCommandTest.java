package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootCommandTest {
  @Test
  void helpNamesEveryCommandAndTheExitStatuses() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: fovea [-hV] COMMAND\n")
        .contains("\n  digits    ", "\n  mnist     ", "\n  evaluate  ", "\n  predict   ", "\n  summary   ",
            "\n  lesson    ")
        .contains("Exit status:\n  0   done\n  1   it failed; the reason is on standard error\n  2   wrong usage\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits", "mnist", "evaluate", "predict", "summary", "lesson"})
  void everyCommandHasHelpThatFitsTheTerminal(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: fovea " + command + " ").contains("-h, --help");
    assertThat(run.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void helpShowsDefaults() {
    assertThat(CommandRun.of("digits", "--help").out().replaceAll("\\s+", " "))
        .contains("--train=N Digits to train with (default: 10000).", "--test=N Digits to test with (default: 2000).",
            "--arch, --model=NAME The network: small, convnet, lenet, gap, dense, vgg, resnet20, resnet18, mobilenet "
                + "(default: convnet).",
            "(default: 5).", "(default: 64).",
            "--optimizer=NAME The optimizer: adam, adamw, sgd, rmsprop (default: adam).",
            "(default: 1).");
  }

  @Test
  void helpKnowsTheUsualRates() {
    assertThat(CommandRun.of("digits", "--help").out().replaceAll("\\s+", " ")).contains("(default: "
        + OptimizerChoice.ADAM.usualRate() + ", with rmsprop " + OptimizerChoice.RMSPROP.usualRate() + ", with sgd "
        + OptimizerChoice.SGD.usualRate() + ")");
    assertThat(OptimizerChoice.ADAMW.usualRate()).isEqualTo(OptimizerChoice.ADAM.usualRate());
  }

  @Test
  void version() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run).isEqualTo(new CommandRun(0, "fovea " + RootCommand.VERSION + "\n", ""));
  }

  @Test
  void refusesWrongUsage() {
    assertThat(CommandRun.of()).isEqualTo(new CommandRun(2, "",
        "fovea: Missing required subcommand\nTry 'fovea --help'.\n"));
    assertThat(CommandRun.of("xyz")).isEqualTo(new CommandRun(2, "",
        "fovea: Unmatched argument at index 0: 'xyz'\nTry 'fovea --help'.\n"));
    assertThat(CommandRun.of("digit")).isEqualTo(new CommandRun(2, "",
        "fovea: Unmatched argument at index 0: 'digit'\nDid you mean: fovea digits or fovea predict?\n"
            + "Try 'fovea --help'.\n"));
    assertThat(CommandRun.of("mnist")).isEqualTo(new CommandRun(2, "",
        "fovea: Missing required option: '--data=DIR'\nTry 'fovea mnist --help'.\n"));
    assertThat(CommandRun.of("digits", "--epochs", "many")).isEqualTo(new CommandRun(2, "",
        "fovea: Invalid value for option '--epochs': 'many' is not an int\nTry 'fovea digits --help'.\n"));
    assertThat(CommandRun.of("digits", "--model", "resnet")).isEqualTo(new CommandRun(2, "",
        "fovea: Invalid value for option '--model': expected one of small, convnet, lenet, gap, dense, "
            + "vgg, resnet20, resnet18, mobilenet, got 'resnet'\n"
            + "Try 'fovea digits --help'.\n"));
    assertThat(CommandRun.of("evaluate", "model.json")).isEqualTo(new CommandRun(2, "",
        "fovea: expected test data, --data DIR, --pictures DIR or --digits N, or the folder of a run, got model.json\n"
            + "Try 'fovea evaluate --help'.\n"));
    assertThat(CommandRun.of("predict", "model.json")).isEqualTo(new CommandRun(2, "",
        "fovea: Missing required parameter: 'IMAGE'\nTry 'fovea predict --help'.\n"));
  }

  @Test
  void saysThatTheOutputCouldNotBeWritten() {
    OutputStream full = new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException("No space left on device");
      }
    };
    StringWriter err = new StringWriter();
    int status = RootCommand.run(Terminal.plain(full), new PrintWriter(err, true), "--version");
    assertThat(err.toString()).isEqualTo("fovea: not all of the output could be written" + System.lineSeparator());
    assertThat(status).isEqualTo(1);
  }

  @Test
  void refusesNamesThatAreNoFiles() {
    assertThat(CommandRun.of("summary", "a\0b")).isEqualTo(new CommandRun(2, "",
        "fovea: Invalid value for positional parameter at index 0 (FILE): expected the name of a file, got 'a\0b': "
            + "Nul character not allowed; names with other letters than those of the locale need one that has them, "
            + "such as LC_ALL=C.UTF-8\nTry 'fovea summary --help'.\n"));
  }
}
