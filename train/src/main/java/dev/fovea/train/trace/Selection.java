package dev.fovea.train.trace;

import dev.fovea.core.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of a tensor's values are drawn. A tensor is seen as maps of rows and columns: its last two axes are a map,
 * those before count the maps; a vector is one row. Where all of it is too much, some maps are taken, evenly apart, and
 * if even one is too large, some of its rows and columns.
 *
 * @param dims how many maps, rows and columns there are
 * @param maps the maps that are drawn; {@code null} for all
 * @param rows the rows of each that are drawn; {@code null} for all
 * @param columns the columns of each that are drawn; {@code null} for all
 */
record Selection(List<Integer> dims, List<Integer> maps, List<Integer> rows, List<Integer> columns) {
  /** More maps than that are never all drawn. */
  private static final int MAPS = 64;
  /** So many maps, or rows of a table of weights, are drawn where not all are. */
  private static final int SAMPLE = 16;

  /** At most about so many values of a tensor of this shape. */
  static Selection of(Shape shape, int budget) {
    int rank = shape.rank();
    int columns = rank == 0 ? 1 : shape.dim(-1);
    int rows = rank < 2 ? 1 : shape.dim(-2);
    int maps = rank < 3 ? 1 : (int) shape.count(0, rank - 2);
    List<Integer> dims = List.of(maps, rows, columns);
    if (maps <= MAPS && shape.elements() <= budget) {
      return new Selection(dims, null, null, null);
    }
    // A table: whole rows say more than parts of all of them.
    int across = rank < 3 ? Math.min(columns, budget) : share(columns, rows, budget);
    int down = rank < 3 ? Math.min(rows, Math.min(Math.max(1, budget / across), SAMPLE))
        : share(rows, columns, budget);
    int deep = Math.max(1, Math.min(Math.min(maps, SAMPLE), budget / (across * down)));
    return new Selection(dims, evenly(maps, deep), evenly(rows, down), evenly(columns, across));
  }

  /** How many of these, when both axes are thinned alike until a map of them fits. */
  private static int share(int length, int other, int budget) {
    double factor = Math.min(1, Math.sqrt((double) budget / ((double) length * other)));
    return Math.max(1, (int) (length * factor));
  }

  /** So many of the numbers below n, evenly apart; {@code null} for all. */
  private static List<Integer> evenly(int n, int count) {
    return count == n ? null
        : IntStream.range(0, count).mapToObj(i -> (int) ((long) i * n / count)).toList();
  }

  boolean isWhole() {
    return maps == null && rows == null && columns == null;
  }

  /** The selected values, map by map, row by row, rounded to what is shown. */
  double[] pick(float[] values) {
    int[] m = indices(maps, 0);
    int[] r = indices(rows, 1);
    int[] c = indices(columns, 2);
    double[] picked = new double[m.length * r.length * c.length];
    int i = 0;
    for (int map : m) {
      for (int row : r) {
        for (int column : c) {
          picked[i++] = Numbers.rounded(values[(map * dims.get(1) + row) * dims.get(2) + column]);
        }
      }
    }
    return picked;
  }

  private int[] indices(List<Integer> chosen, int axis) {
    return chosen == null ? IntStream.range(0, dims.get(axis)).toArray()
        : chosen.stream().mapToInt(Integer::intValue).toArray();
  }
}
