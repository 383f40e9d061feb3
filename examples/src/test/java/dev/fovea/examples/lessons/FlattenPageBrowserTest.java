package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.train.trace.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the flatten lesson in a real browser; what the trace in it can do is tested where the trace is. */
class FlattenPageBrowserTest {
  @TempDir
  private Path folder;

  @Test
  void flatCellFiveTellsItsPixelAndItsGradient() throws IOException {
    Path page = folder.resolve("flatten.html");
    try (Browser browser = Browser.open(folder.resolve("profile"))) {
      Files.writeString(page, Shown.of(new FlattenLesson()).html());
      browser.show(page);
      browser.enter("iframe");
      browser.hover(browser.one("#layer-0 [aria-label^='Output, value'] [data-flat='5']"));
      assertThat(browser.readout())
          .isEqualTo("flat cell 5: map 1, row 0, column 1, value 0.9000, gradient -0.0467");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
