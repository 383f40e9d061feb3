package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final Terminal PLAIN = Terminal.plain(OutputStream.nullOutputStream());
  private static final Terminal COLORS = new Terminal(PLAIN.out(), true, true, true, 80);

  /** 24 columns and 4 rows: dark above, light below on the right. */
  private static Tensor corner() {
    Tensor sample = Tensor.zeros(Shape.of(1, 4, 24));
    for (int column = 12; column < 24; column++) {
      sample.data()[2 * 24 + column] = 1;
      sample.data()[3 * 24 + column] = 0.5f;
    }
    return sample;
  }

  @Test
  void shadesWhereThereAreNoColours() {
    assertThat(Picture.row(List.of(new Picture(corner(), "a corner")), PLAIN)).containsExactly(
        "", " ".repeat(12) + "#".repeat(12), "a corner");
  }

  @Test
  void halfBlocksWhereThereAreColours() {
    List<String> lines = Picture.row(List.of(new Picture(corner(), "a corner")), COLORS);
    assertThat(lines.get(0)).isEqualTo("\u001b[38;5;232;48;5;232m\u2580".repeat(24) + "\u001b[0m");
    assertThat(lines.get(1)).isEqualTo("\u001b[38;5;232;48;5;232m\u2580".repeat(12)
        + "\u001b[38;5;255;48;5;244m\u2580".repeat(12) + "\u001b[0m");
    assertThat(lines.get(2)).isEqualTo("a corner");
  }

  @Test
  void standsSideBySideAsFarAsTheLineGoes() {
    List<Picture> four = List.of(new Picture(corner(), "one"), new Picture(corner(), "two"),
        new Picture(corner(), "three"), new Picture(corner(), "a caption that is longer than its picture"));
    assertThat(Picture.row(four, PLAIN)).containsExactly(
        "",
        (" ".repeat(12) + "#".repeat(12) + "  ").repeat(3).stripTrailing(),
        "one" + " ".repeat(23) + "two" + " ".repeat(23) + "three",
        "",
        " ".repeat(12) + "#".repeat(12),
        "a caption that is longer");
  }

  @Test
  void severalChannelsAreAveraged() {
    Tensor sample = Tensor.zeros(Shape.of(3, 2, 24));
    Arrays.fill(sample.data(), 0, 2 * 48, 0.75f);
    assertThat(Picture.row(List.of(new Picture(sample, "")), PLAIN).get(0)).isEqualTo("+".repeat(24));
  }
}
