package dev.fovea.examples.lessons;

import dev.fovea.examples.html.Html;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under column heads: {@code Table.of("size", "parameters").row("7x7", 297)}. Columns of numbers are aligned to
 * the right, others to the left; where a table is wider than the terminal, words in its last column are wrapped.
 */
final class Table implements Part {
  private static final Pattern NUMBER = Pattern.compile("|-|[-+]?[0-9][0-9,.]*(e[-+]?[0-9]+)?( ?[%x]| times)?");
  private static final int NARROWEST = 20;
  private static final String SPACE = "  ";

  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> heads) {
    this.heads = heads;
  }

  /** A table with these heads, as yet without rows. */
  static Table of(String... heads) {
    return new Table(List.of(heads));
  }

  /** A number with four decimals. */
  static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /**
   * Adds a row: whole numbers are shown with their thousands apart, others with four decimals.
   *
   * @throws IllegalArgumentException if there are not as many cells as heads
   */
  Table row(Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException("table: expected " + heads.size() + " cells " + heads + ", got "
          + cells.length + " " + Arrays.toString(cells));
    }
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
    return this;
  }

  private static String cell(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    return value instanceof Number number ? decimals(number.doubleValue()) : String.valueOf(value);
  }

  private boolean right(int column) {
    return rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private int width(int column) {
    return Math.max(heads.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  @Override
  public String text(int width) {
    int[] widths = IntStream.range(0, heads.size()).map(this::width).toArray();
    int last = widths.length - 1;
    int before = IntStream.range(0, last).map(column -> widths[column] + SPACE.length()).sum();
    widths[last] = Math.min(widths[last], Math.max(NARROWEST, width - before));
    List<String> lines = new ArrayList<>(List.of(line(heads, widths, before)));
    lines.add(Arrays.stream(widths).mapToObj("-"::repeat).collect(Collectors.joining(SPACE)));
    rows.forEach(row -> lines.add(line(row, widths, before)));
    return String.join("\n", lines);
  }

  private String line(List<String> cells, int[] widths, int before) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String space = " ".repeat(Math.max(0, widths[column] - cell.length()));
      line.append(right(column) ? space + cell : cell + space).append(SPACE);
    }
    int last = widths.length - 1;
    return cells.get(last).length() <= widths[last] ? line.toString().stripTrailing()
        : Prose.hanging(line.substring(0, before), cells.get(last), before + widths[last]);
  }

  @Override
  public String html() {
    return "<div class=\"wide\" tabindex=\"0\"><table>\n<thead>" + row(heads, "th") + "</thead>\n<tbody>"
        + rows.stream().map(row -> row(row, "td")).collect(Collectors.joining("\n")) + "</tbody>\n</table></div>";
  }

  private String row(List<String> cells, String tag) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> "<" + tag + (right(i) ? " class=\"number\">" : ">") + Html.prose(cells.get(i))
            + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }
}
