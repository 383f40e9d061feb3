package dev.fovea.train.trace;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Metadata;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page as someone with a pointer, a keyboard or a phone meets it. */
class TraceBrowserTest {
  @TempDir
  private static Path folder;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.open(folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void show(Trace trace) throws IOException {
    Path page = folder.resolve("page.html");
    trace.writeHtml(page);
    browser.show(page);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aFlatCellAndItsPixelFindEachOther() throws IOException {
    show(Anchor.flattenedTrace());
    browser.hover(browser.one("#layer-0 [aria-label^='Output, value'] [data-flat='5']"));
    assertThat(browser.readout()).isEqualTo("flat cell 5: map 1, row 0, column 1, value 0.9000, gradient -0.0467");
    assertThat(browser.framed(0, "Output, value", "here")).isEqualTo(List.of("0.9000"));
    assertThat(browser.framed(0, "Input, value", "linked")).isEqualTo(List.of("0.9000"));
    assertThat(browser.framed(0, "Input, gradient", "linked")).isEqualTo(List.of("-0.0467"));

    browser.hover(browser.one("#layer-0 [aria-label^='Input, gradient'] [data-flat='6']"));
    assertThat(browser.readout()).isEqualTo("map 1, row 1, column 0: flat cell 6, value 0.5000, gradient -0.1659");
    assertThat(browser.framed(0, "Input, gradient", "here")).isEqualTo(List.of("-0.1659"));
    assertThat(browser.framed(0, "Output, gradient", "linked")).isEqualTo(List.of("-0.1659"));
    assertThat(browser.framed(0, "Output, value", "here")).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theKeyboardGoesFromCellToCell() throws IOException {
    show(Anchor.flattenedTrace());
    var flat = browser.one("#layer-0 [aria-label^='Output, value']");
    browser.press(flat, Keys.END, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    assertThat(browser.readout()).isEqualTo("flat cell 5: map 1, row 0, column 1, value 0.9000, gradient -0.0467");
    assertThat(browser.active().getCssValue("outline-style")).isEqualTo("solid");
    browser.press(flat, Keys.HOME, Keys.ARROW_LEFT);
    assertThat(browser.readout()).startsWith("flat cell 0: map 0, row 0, column 0");
    browser.tab();
    assertThat(browser.active().getAttribute("aria-label"))
        .isEqualTo("Output, gradient, shape [8]; arrow keys go from cell to cell");
    assertThat(browser.readout()).startsWith("flat cell 0");
    browser.press(browser.one("#layer-0 [aria-label^='Input, value']"), Keys.PAGE_DOWN, Keys.ARROW_DOWN);
    assertThat(browser.readout()).startsWith("map 1, row 1, column 0: flat cell 6");
  }

  @Test
  void aClassLaysItsWeightsOverTheInputs() throws IOException {
    show(Anchor.flattenedTrace());
    assertThat(browser.one("#layer-1").getText()).contains("Weights of class 0");
    browser.hover(browser.one("#layer-1 [aria-label^='Output, value'] [data-flat='1']"));
    assertThat(browser.readout()).isEqualTo("class 1: value 0.0561; its row of weights is laid over the inputs");
    assertThat(browser.one("#layer-1").getText()).contains("Weights of class 1");
    assertThat(browser.one("#layer-1 [aria-label^='weights over the inputs'] [data-flat='5']").getText())
        .isEqualTo("-0.9566");
    assertThat(browser.framed(1, "dense.weight, value", "linked"))
        .isEqualTo(List.of("-0.2347 0.2713 -0.2317 -0.2329 0.1210 -0.9566 -0.8625 -0.2811"));
    assertThat(browser.framed(1, "After dense, before softmax, gradient", "linked"))
        .isEqualTo(List.of("0.0561"));
    browser.hover(browser.one("#layer-1 [aria-label^='weights folded'] [data-flat='5']"));
    assertThat(browser.readout()).isEqualTo(
        "weight of class 1 for input 5: -0.9566, gradient 0.0505; times the input 0.9000 it adds -0.8609");
    assertThat(browser.framed(1, "dense.weight, value", "linked")).isEqualTo(List.of("-0.9566"));
  }

  @Test
  void aPooledCellAndItsMapFindEachOther() throws IOException {
    show(Anchor.pooledTrace());
    browser.hover(browser.one("#layer-0 [aria-label^='Output, value'] [data-flat='1']"));
    assertThat(browser.readout()).isEqualTo("pooled cell 1: the mean of map 1 (4 pixels), value 0.4500,"
        + " gradient 0.3079; each pixel gets 1/4 of it, 0.0770");
    assertThat(browser.framed(0, "Input, gradient", "linked"))
        .isEqualTo(List.of("0.0770 0.0770 0.0770 0.0770"));
    browser.hover(browser.one("#layer-0 [aria-label^='Input, value'] [data-flat='2']"));
    assertThat(browser.readout()).isEqualTo(
        "map 0, row 1, column 0: value 0.2000, gradient -0.0303, 1/4 of the -0.1213 at pooled cell 0");
  }

  @Test
  void aConvolutionalNetworkInDarkOnAPhone() throws IOException {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L, Conv2D.of(32, 3).withActivation(RELU),
        MaxPooling2D.of(2), Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2), Flatten.of(),
        Dense.of(128).withActivation(RELU), Dense.of(3).withActivation(SOFTMAX))
        .withMetadata(Metadata.classes("<b>cat</b>", "dog", "a, b"));
    Tensor sample = Tensor.normal(Shape.of(1, 28, 28), RandomSource.of(1, 1));
    show(Trace.of(model, sample, Loss.sparseCategoricalCrossEntropy(), 2));
    assertThat(browser.one("#layer-0").getText())
        .contains("Too large to draw whole: 16 of 32 maps, evenly apart. All 21,632 values: ");
    assertThat(browser.all("#chain li")).hasSize(8);
    browser.press(browser.one("#layer-6 [aria-label^='Output, value']"), Keys.HOME);
    assertThat(browser.readout()).startsWith("class 0 (<b>cat</b>): value 0.");
    assertThat(browser.style("body", "background-color")).isEqualTo("rgba(243, 242, 238, 1)");
    assertThat(browser.widths(360, "dark")).containsExactly(360L, 360L);
    assertThat(browser.style("body", "background-color")).isEqualTo("rgba(20, 23, 27, 1)");
    browser.widths(1280, "light");
    assertThat(browser.complaints()).isEmpty();
  }
}
