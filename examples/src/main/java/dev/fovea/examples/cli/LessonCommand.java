package dev.fovea.examples.cli;

import dev.fovea.examples.lessons.Lesson;
import dev.fovea.examples.lessons.Lessons;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code fovea lesson}: lists the lessons; each is a command of its own below it. */
@Command(name = "lesson", synopsisSubcommandLabel = "[NAME]", description = {
    "Shows, number by number, what happens inside a network.", "Without a name it lists the lessons."},
    commandListHeading = "%nLessons:%n", footer = {"", "fovea lesson NAME --help tells what a lesson takes."})
final class LessonCommand implements Callable<Integer> {
  private final Terminal terminal;

  LessonCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    int width = Lessons.all().stream().mapToInt(lesson -> lesson.name().length()).max().orElse(0);
    terminal.out().println("Lessons:");
    for (Lesson lesson : Lessons.all()) {
      terminal.out().printf("  %-" + width + "s  %s%n", lesson.name(), lesson.title());
    }
    terminal.out().printf("%nfovea lesson NAME shows one; --html FILE writes it as a page as well.%n");
    return 0;
  }
}
