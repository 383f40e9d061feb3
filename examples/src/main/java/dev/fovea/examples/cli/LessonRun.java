package dev.fovea.examples.cli;

import dev.fovea.core.io.AtomicFile;
import dev.fovea.examples.lessons.Lesson;
import dev.fovea.examples.lessons.LessonOptions;
import dev.fovea.examples.lessons.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code fovea lesson NAME}. */
@Command
final class LessonRun implements Callable<Integer> {
  private final Terminal terminal;
  private final Lesson lesson;

  @Option(names = "--html", paramLabel = "FILE",
      description = "Writes the lesson as a page for the browser as well, in one file that needs no network.")
  private Path html;

  @Option(names = "--plot", paramLabel = "FILE.png",
      description = "Writes the picture as a PNG; further ones beside it, numbered from 2.")
  private Path plot;

  @Option(names = "--data", paramLabel = "DIR",
      description = "A folder with the files of MNIST (default: digits drawn by a program).")
  private Path data;

  @Option(names = "--seed", paramLabel = "N",
      description = "Decides everything random (default: ${DEFAULT-VALUE}).")
  private long seed = LessonOptions.SEED;

  @Option(names = "--quick", description = "Cuts it short: fewer pictures, and no firm conclusions.")
  private boolean quick;

  private LessonRun(Terminal terminal, Lesson lesson) {
    this.terminal = terminal;
    this.lesson = lesson;
  }

  /** The command of a lesson, with those options that it takes. */
  static CommandSpec of(Terminal terminal, Lesson lesson) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new LessonRun(terminal, lesson)).name(lesson.name());
    spec.usageMessage().description(lesson.title());
    for (String option : new String[] {"--plot", "--data", "--seed", "--quick"}) {
      if (!lesson.options().contains(option)) {
        spec.remove(spec.findOption(option));
      }
    }
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    for (Path file : new Path[] {html, plot}) {
      if (file != null) {
        AtomicFile.requireWritable(file);
      }
    }
    LessonOptions options = new LessonOptions(Optional.ofNullable(data), Optional.ofNullable(plot), seed, quick);
    Page page = new Page(lesson.title(), terminal.out(), terminal.width(), options,
        (task, total) -> TerminalBar.forLesson(terminal, task, total));
    lesson.show(page);
    if (html != null) {
      page.writeHtml(html);
      terminal.out().printf("%nwrote %s%n", html);
    }
    return 0;
  }
}
