package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a lesson showed: in the terminal, with line breaks as {@code \n}, and as a page. */
record Shown(String text, String html) {
  private static final int WIDTH = 80;

  /** Shows a lesson and checks what holds for each: lines fit, it ends with what to remember, it needs no network. */
  static Shown of(Lesson lesson) {
    return of(lesson, LessonOptions.none());
  }

  static Shown of(Lesson lesson, LessonOptions options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Page page = new Page(lesson.title(), new PrintStream(bytes, true, StandardCharsets.UTF_8), WIDTH, options);
    try {
      lesson.show(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shown shown = new Shown(bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"), page.html());
    assertThat(shown.text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
    assertThat(shown.text.substring(shown.text.lastIndexOf("---\n"))).startsWith("---\n- ");
    assertThat(shown.text).contains("\n\nRemember\n--------\n");
    assertThat(shown.html).startsWith("<!doctype html>").endsWith("</html>\n").doesNotContain("http:", "https:", "{{");
    return shown;
  }

  /** The text with every run of blanks and line breaks as one blank: to look for what may be wrapped. */
  String words() {
    return text.replaceAll("\\s+", " ");
  }
}
