package dev.fovea.examples.lessons;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.examples.html.Html;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tensor: aligned numbers in the terminal, cells shaded by their value in the browser, blue below 0 and red above. A
 * batch of one is shown without its batch axis, pictures {@code [C, H, W]} map by map. Of many values only the range is
 * told, in the terminal sooner than in the browser.
 */
final class HeatMap implements Part {
  private static final int MOST_PRINTED = 256;
  private static final int MOST_CELLS = 8_192;
  private static final int MOST_NUMBERED = 16;
  /** A vector is shown in lines of so many, if it is not too long for numbers. */
  private static final int LINE = 8;
  private static final int MOST_IN_LINES = 64;
  private static final String SPACE = "  ";

  private final String caption;
  private final Shape shape;
  private final float[] values;
  private final int maps;
  private final int rows;
  private final int columns;

  /**
   * The part.
   *
   * @throws IllegalArgumentException if there are more than three axes besides those of length 1 in front
   */
  HeatMap(String caption, Tensor tensor) {
    this.caption = caption;
    shape = tensor.shape();
    values = tensor.toArray();
    int[] lengths = shape.toArray();
    int first = 0;
    while (lengths.length - first > 3 && lengths[first] == 1) {
      first++;
    }
    int rank = lengths.length - first;
    if (rank > 3) {
      throw new IllegalArgumentException("heat map: expected at most 3 axes, got " + shape);
    }
    maps = rank > 2 ? lengths[first] : 1;
    rows = rank > 1 ? lengths[lengths.length - 2] : 1;
    columns = rank > 0 ? lengths[lengths.length - 1] : 1;
  }

  private float value(int map, int row, int column) {
    return values[(map * rows + row) * columns + column];
  }

  private String range() {
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
    return String.format(Locale.ROOT, "%,d values from %.4f to %.4f, mean %.4f", values.length, extreme(-1), extreme(1),
        mean);
  }

  private double extreme(int sign) {
    return sign * IntStream.range(0, values.length).mapToDouble(i -> sign * values[i]).max().orElse(Double.NaN);
  }

  @Override
  public String text(int width) {
    int cell = IntStream.range(0, values.length).map(i -> Table.decimals(values[i]).length()).max().orElse(0);
    int across = Math.max(1, (width - SPACE.length()) / (cell + SPACE.length()));
    String head = Prose.wrapped(caption + " " + shape, width);
    if (values.length > MOST_PRINTED || rows > 1 && columns > across) {
      return head + "\n" + SPACE + range();
    }
    if (maps == 1) {
      return head + "\n" + String.join("\n", lines(0, cell, across));
    }
    int mapWidth = columns * (cell + SPACE.length());
    int abreast = Math.max(1, (width + SPACE.length()) / (mapWidth + SPACE.length()));
    List<String> lines = new ArrayList<>(List.of(head));
    for (int from = 0; from < maps; from += abreast) {
      int[] together = IntStream.range(from, Math.min(maps, from + abreast)).toArray();
      lines.add(abreast(together, mapWidth, map -> SPACE + "map " + map));
      for (int row = 0; row < rows; row++) {
        int here = row;
        lines.add(abreast(together, mapWidth, map -> lines(map, cell, across).get(here)));
      }
    }
    return String.join("\n", lines);
  }

  private static String abreast(int[] maps, int width, IntFunction<String> text) {
    return Arrays.stream(maps).mapToObj(text)
        .map(part -> part + " ".repeat(Math.max(0, width - part.length())))
        .collect(Collectors.joining(SPACE)).stripTrailing();
  }

  /** The rows of a map; a single one that is too long goes on in the next line. */
  private List<String> lines(int map, int cell, int across) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int from = 0; from < columns; from += across) {
        StringBuilder line = new StringBuilder();
        for (int column = from; column < Math.min(columns, from + across); column++) {
          line.append(SPACE).append(String.format("%" + cell + "s", Table.decimals(value(map, row, column))));
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  @Override
  public String html() {
    StringBuilder html = new StringBuilder("<figure class=\"tensor\"><figcaption>" + Html.prose(caption)
        + " <span class=\"shape\">" + shape + "</span></figcaption>\n");
    if (values.length > MOST_CELLS) {
      return html.append("<p>").append(range()).append("</p></figure>").toString();
    }
    html.append("<div class=\"maps\" tabindex=\"0\">");
    boolean inLines = rows == 1 && columns > LINE && columns <= MOST_IN_LINES;
    boolean numbered = inLines || columns <= MOST_NUMBERED;
    double most = Math.max(Math.abs(extreme(-1)), Math.abs(extreme(1)));
    for (int map = 0; map < maps; map++) {
      html.append(numbered ? "<table class=\"map\">" : "<table class=\"map small\">");
      html.append(maps > 1 ? "<caption>map " + map + "</caption>\n" : "\n");
      for (int row = 0; row < rows; row++) {
        html.append("<tr>");
        for (int column = 0; column < columns; column++) {
          html.append(inLines && column > 0 && column % LINE == 0 ? "</tr>\n<tr>" : "")
              .append(cell(value(map, row, column), most, numbered));
        }
        html.append("</tr>\n");
      }
      html.append("</table>");
    }
    return html.append("</div></figure>").toString();
  }

  private String cell(float value, double most, boolean numbered) {
    long share = most > 0 && !Double.isNaN(most) ? Math.round(100 * Math.abs(value) / most) : 0;
    String number = Table.decimals(value);
    return "<td class=\"" + (value < 0 ? "below" : "above") + (share > 55 ? " strong" : "") + "\" style=\"--share:"
        + share + "%\"" + (numbered ? ">" + number : " title=\"" + number + "\">") + "</td>";
  }
}
