package dev.fovea.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedSectionTest {
  @TempDir
  private Path folder;

  private Path page(String text) throws IOException {
    return Files.writeString(folder.resolve("page.md"), text);
  }

  @Test
  void replacesWhatStandsBetweenTheMarksAndNothingElse() throws IOException {
    Path page = page("# Prose\n\n<!-- compare:jdk17 -->\nold\n<!-- /compare:jdk17 -->\n\n<!-- compare:jdk25 -->\n"
        + "kept\n<!-- /compare:jdk25 -->\nmore prose\n");
    MarkedSection section = new MarkedSection(page, "jdk17");
    section.write("one\n");
    section.write("| new |\n");
    assertThat(page).hasContent("# Prose\n\n<!-- compare:jdk17 -->\n\n| new |\n\n<!-- /compare:jdk17 -->\n\n"
        + "<!-- compare:jdk25 -->\nkept\n<!-- /compare:jdk25 -->\nmore prose\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(page);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no marks", "<!-- compare:a -->", "<!-- /compare:a --> <!-- compare:a -->",
      "<!-- compare:a --> <!-- compare:a --> <!-- /compare:a -->",
      "<!-- compare:a --> <!-- /compare:a --> <!-- /compare:a -->"})
  void refusesPagesWithoutAPlace(String text) throws IOException {
    MarkedSection section = new MarkedSection(page(text), "a");
    assertThatThrownBy(section::check).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("page.md: expected the lines <!-- compare:a --> and <!-- /compare:a -->, each once and in this "
            + "order, for the report to stand between");
    assertThatThrownBy(() -> section.write("x")).isInstanceOf(IllegalArgumentException.class);
    assertThat(section.page()).hasContent(text);
  }
}
