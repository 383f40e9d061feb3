package dev.fovea.examples.cli;

import dev.fovea.core.Tensor;
import dev.fovea.data.image.Resize;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample drawn in characters, with a caption. A character is about twice as high as it is wide: it shows two rows
 * of the picture, as a half block in two shades of grey where the terminal has colours, else as one sign of that
 * darkness.
 */
final class Picture {
  /** How wide a picture is drawn: three fit 80 columns. */
  static final int COLUMNS = 24;
  private static final int GAP = 2;
  private static final String SHADES = " .:-=+*#%@";
  /** The terminal's 24 steps of grey, from nearly black to nearly white. */
  private static final int FIRST_GREY = 232;
  private static final int GREYS = 24;

  private final String caption;
  private final float[] grey;
  private final int rows;

  /**
   * A picture to be drawn.
   *
   * @param sample {@code [C, H, W]}; several channels are averaged
   */
  Picture(Tensor sample, String caption) {
    this.caption = caption;
    int channels = sample.shape().dim(0);
    int height = sample.shape().dim(1);
    int width = sample.shape().dim(2);
    float[] mean = new float[height * width];
    for (int i = 0; i < channels * mean.length; i++) {
      mean[i % mean.length] += sample.data()[i] / channels;
    }
    rows = Math.max(2, Math.round((float) COLUMNS * height / width / 2) * 2);
    grey = Resize.plane(mean, height, width, rows, COLUMNS);
  }

  /** Pictures side by side, as many as fit a line, then the next row of them. */
  static List<String> row(List<Picture> pictures, Terminal terminal) {
    int across = Math.max(1, (terminal.width() + GAP) / (COLUMNS + GAP));
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += across) {
      List<Picture> together = pictures.subList(from, Math.min(pictures.size(), from + across));
      int height = together.stream().mapToInt(picture -> picture.rows / 2).max().orElse(0);
      for (int row = 0; row <= height; row++) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < together.size(); i++) {
          line.append(i == 0 ? "" : " ".repeat(GAP)).append(together.get(i).line(row, height, terminal));
        }
        lines.add(line.toString().stripTrailing());
      }
    }
    return lines;
  }

  /** The caption comes under the tallest of the row. */
  private String line(int row, int height, Terminal terminal) {
    if (row == height) {
      String cut = caption.length() > COLUMNS ? caption.substring(0, COLUMNS) : caption;
      return cut + " ".repeat(COLUMNS - cut.length());
    }
    if (row >= rows / 2) {
      return " ".repeat(COLUMNS);
    }
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < COLUMNS; column++) {
      float upper = grey[2 * row * COLUMNS + column];
      float lower = grey[(2 * row + 1) * COLUMNS + column];
      if (terminal.colors() && terminal.unicode()) {
        line.append("\u001b[38;5;").append(shade(upper, FIRST_GREY, GREYS)).append(";48;5;")
            .append(shade(lower, FIRST_GREY, GREYS)).append("m\u2580");
      } else {
        line.append(SHADES.charAt(shade((upper + lower) / 2, 0, SHADES.length())));
      }
    }
    return terminal.colors() && terminal.unicode() ? line + "\u001b[0m" : line.toString();
  }

  private static int shade(float value, int first, int count) {
    return first + Math.max(0, Math.min(count - 1, (int) (value * count)));
  }
}
