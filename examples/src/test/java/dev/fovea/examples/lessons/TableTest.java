package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsNumbersToTheRightAndWordsToTheLeft() {
    assertThat(Table.of("size", "count", "share", "times", "said").row("2x2", 12345, 0.5, "7.4 times", "yes")
        .row("14x14", 7L, -1.25f, "-", "no, never").text(80)).isEqualTo("""
        size    count    share      times  said
        -----  ------  -------  ---------  ---------
        2x2    12,345   0.5000  7.4 times  yes
        14x14       7  -1.2500          -  no, never""");
  }

  @Test
  void wrapsWordsInTheLastColumn() {
    assertThat(Table.of("k", "why").row(1, "because it is so and not otherwise").text(26)).isEqualTo("""
        k  why
        -  -----------------------
        1  because it is so and
           not otherwise""");
  }

  @Test
  void html() {
    assertThat(Table.of("a", "b").row("x", 1).html()).isEqualTo("<div class=\"wide\" tabindex=\"0\"><table>\n"
        + "<thead><tr><th>a</th><th class=\"number\">b</th></tr></thead>\n"
        + "<tbody><tr><td>x</td><td class=\"number\">1</td></tr></tbody>\n</table></div>");
  }

  @Test
  void refusesRowsOfAnotherLength() {
    assertThatThrownBy(() -> Table.of("a", "b").row(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("table: expected 2 cells [a, b], got 1 [1]");
  }
}
