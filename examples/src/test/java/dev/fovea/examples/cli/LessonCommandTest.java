package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.examples.lessons.Lesson;
import dev.fovea.examples.lessons.Lessons;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LessonCommandTest {
  @Test
  void listsTheLessons() {
    CommandRun run = CommandRun.of("lesson");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Lessons:\n  flatten ")
        .endsWith("\nfovea lesson NAME shows one; --html FILE writes it as a page as well.\n");
    assertThat(run.lines()).hasSize(Lessons.all().size() + 3)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  static List<String> names() {
    return Lessons.all().stream().map(Lesson::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyLessonHasHelpThatFitsTheTerminal(String name) {
    CommandRun run = CommandRun.of("lesson", name, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("Usage: fovea lesson " + name + " [-h]").contains("--html=FILE");
    assertThat(run.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void aLessonIsPrintedAndWritten(@TempDir Path folder) {
    Path file = folder.resolve("flatten.html");
    CommandRun run = CommandRun.of("lesson", "flatten", "--html", file);
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Flatten: ").contains("\nRemember\n").endsWith("\n\nwrote " + file + "\n");
    assertThat(file).content().contains("<h2>Remember</h2>");
  }

  @Test
  void refusesWrongUsage(@TempDir Path folder) {
    assertThat(CommandRun.of("lesson", "flaten").status()).isEqualTo(2);
    assertThat(CommandRun.of("lesson", "flaten").err())
        .startsWith("fovea: Unmatched argument at index 1: 'flaten'\nDid you mean: lesson flatten")
        .endsWith("?\nTry 'fovea lesson --help'.\n");
    assertThat(CommandRun.of("lesson", "flatten", "--seed", "3")).isEqualTo(new CommandRun(2, "",
        "fovea: Unknown options: '--seed', '3'\nTry 'fovea lesson flatten --help'.\n"));
    Path nowhere = folder.resolve("nowhere");
    assertThat(CommandRun.of("lesson", "flatten", "--html", nowhere.resolve("p.html"))).isEqualTo(new CommandRun(1, "",
        "fovea: " + nowhere.resolve("p.html") + ": cannot be written: there is no folder " + nowhere + "\n"));
  }
}
