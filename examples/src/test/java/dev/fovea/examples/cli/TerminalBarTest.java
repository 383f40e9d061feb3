package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.examples.lessons.Bar;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private String shown(boolean interactive) {
    Terminal terminal =
        new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), interactive, interactive, false, 80);
    try (Bar bar = TerminalBar.forLesson(terminal, "predicting", 600)) {
      bar.stepTo(300);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLessonsBarIsDrawnAndTakenAway() {
    assertThat(shown(true)).contains("predicting  50%", "300/600").endsWith("\r\u001b[K");
  }

  @Test
  void nothingWhereNobodyWatches() {
    assertThat(shown(false)).isEmpty();
  }
}
