package dev.fovea.examples.lessons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  private static final BufferedImage IMAGE = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Page page = page(LessonOptions.none());

  private Page page(LessonOptions options) {
    return new Page("Title & all", new PrintStream(bytes, true, StandardCharsets.UTF_8), 40, options);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  @Test
  void printsPartsAsTheyCome() {
    page.heading("A heading");
    page.text("Words that do not fit into one line of forty, `code` < among them.");
    page.text("%d of %.1f", 1, 2.0);
    page.code("one <\n  two, which goes on beyond the end of the line\n");
    page.remember("That this sentence is long enough to go on.", "And this.");
    assertThat(printed()).isEqualTo("""
        Title & all
        ===========

        A heading
        ---------

        Words that do not fit into one line of
        forty, `code` < among them.

        1 of 2.0

          one <
            two, which goes on beyond the end
              of the line

        Remember
        --------
        - That this sentence is long enough to
          go on.
        - And this.
        """);
  }

  @Test
  void thePageIsEscaped() {
    page.heading("<b>");
    page.text("a < b, `c < d`");
    page.code("x <y>");
    page.table(Table.of("<h>").row("<c>"));
    page.tensor("<t>", Tensor.vector(1));
    page.remember("<r>");
    assertThat(page.html()).contains("<title>Title &amp; all</title>", "<h1>Title &amp; all</h1>", "<h2>&lt;b&gt;</h2>",
        "<p>a &lt; b, <code>c &lt; d</code></p>", "<pre tabindex=\"0\">x &lt;y&gt;</pre>", "<th>&lt;h&gt;</th>",
        "<td>&lt;c&gt;</td>", "<figcaption>&lt;t&gt; ", "<li>&lt;r&gt;</li>");
  }

  @Test
  void picturesAreInThePageAndGoToTheFilesAskedFor(@TempDir Path folder) throws IOException {
    page.picture("A picture", IMAGE);
    assertThat(printed()).endsWith("Picture: A picture (to be seen with\n--plot FILE.png or --html FILE)\n");
    assertThat(page.html()).contains("<img alt=\"A picture\" src=\"data:image/png;base64,iVBOR");

    Path file = folder.resolve("p.png");
    Page plotted = page(new LessonOptions(Optional.empty(), Optional.of(file), 1, false));
    plotted.picture("One", IMAGE);
    plotted.picture("Two", IMAGE);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(3);
    assertThat(ImageIO.read(folder.resolve("p-2.png").toFile()).getHeight()).isEqualTo(2);
    assertThat(printed()).contains("Picture: Two (written to\n" + folder.resolve("p-2.png"));
  }

  @Test
  void tensorsAreAligned() {
    page.tensor("Maps", Tensor.of(Shape.of(1, 2, 1, 2), 1, -2, 30, 4));
    page.tensor("A long vector", Tensor.full(Shape.of(7), 0.5f));
    page.tensor("A matrix", Tensor.of(Shape.of(2, 1), 1, 2));
    page.tensor("One", Tensor.scalar(3));
    page.tensor("Many", Tensor.of(Shape.of(1, 300), filled(300)));
    assertThat(printed()).endsWith("""
        Maps [1, 2, 1, 2]
          map 0               map 1
           1.0000  -2.0000    30.0000   4.0000

        A long vector [7]
          0.5000  0.5000  0.5000  0.5000
          0.5000  0.5000  0.5000

        A matrix [2, 1]
          1.0000
          2.0000

        One []
          3.0000

        Many [1, 300]
          300 values from 0.0000 to 299.0000, mean 149.5000
        """);
  }

  private static float[] filled(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  @Test
  void cellsAreShadedBySignAndSize() {
    page.tensor("Matrix", Tensor.of(Shape.of(1, 3), 0.25f, -1, 0));
    assertThat(page.html()).contains("<td class=\"above\" style=\"--share:25%\">0.2500</td>"
        + "<td class=\"below strong\" style=\"--share:100%\">-1.0000</td>"
        + "<td class=\"above\" style=\"--share:0%\">0.0000</td>");
  }

  @Test
  void largeMapsGoWithoutNumbersAndHugeOnesWithoutCells() {
    page.tensor("Picture", Tensor.zeros(Shape.of(1, 20, 20)));
    assertThat(page.html()).contains("<table class=\"map small\">",
        "<td class=\"above\" style=\"--share:0%\" title=\"0.0000\"></td>");
    page.tensor("Huge", Tensor.zeros(Shape.of(100, 100)));
    assertThat(page.html()).contains("<p>10,000 values from 0.0000 to 0.0000, mean 0.0000</p>");
  }

  @Test
  void refusesTensorsOfTooManyAxes() {
    assertThatThrownBy(() -> page.tensor("Batch", Tensor.zeros(Shape.of(2, 1, 2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heat map: expected at most 3 axes, got [2, 1, 2, 2]");
  }

  @Test
  void writesTheFile(@TempDir Path folder) throws IOException {
    page.writeHtml(folder.resolve("page.html"));
    assertThat(folder.resolve("page.html")).content().isEqualTo(page.html());
    assertThatThrownBy(() -> page.writeHtml(folder)).isInstanceOf(IOException.class)
        .hasMessage(folder + ": cannot be written: it is a folder");
  }
}
