package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the cells of a window lie in a picture in blocks of channels. The places of a row fall into stretches that have
 * the same columns of the window inside the picture: a long one, and a few short ones at the ends if there is padding.
 */
final class BlockWindows {
  final Taps rows;
  final Taps columns;
  final List<Stretch> stretches = new ArrayList<>();

  BlockWindows(Taps rows, Taps columns) {
    this.rows = rows;
    this.columns = columns;
    int from = 0;
    for (int place = 1; place <= columns.places; place++) {
      boolean ends = place == columns.places
          || columns.first[place] != columns.first[from] || columns.end[place] != columns.end[from];
      if (ends) {
        stretches.add(new Stretch(from, place));
        from = place;
      }
    }
  }

  /** Windows of 2 by 2 side by side. */
  boolean halve() {
    return rows.halve() && columns.halve();
  }

  /** Where the windows of a row of places begin, from the block's beginning on; padding may lie before it. */
  int offset(int row, int place) {
    return (row * rows.stride * columns.length + place * columns.stride) * MemoryFormat.BLOCK;
  }

  /** Some places side by side that have the same columns of the window inside the picture. */
  final class Stretch {
    /** The first place. */
    final int from;
    /** How many places. */
    final int n;
    /** Columns of the window inside the picture. */
    final int width;
    /** Cell by cell inside those columns, row by row: its distance from the window's beginning. */
    final int[] cells;
    /** In the same order: its number in the window. */
    final int[] numbers;

    private Stretch(int from, int to) {
      this.from = from;
      n = to - from;
      width = columns.end[from] - columns.first[from];
      cells = new int[rows.kernel * width];
      numbers = new int[cells.length];
      for (int i = 0; i < cells.length; i++) {
        int row = i / width;
        int column = columns.first[from] + i % width;
        cells[i] = (rows.start(row) * columns.length + columns.start(column)) * MemoryFormat.BLOCK;
        numbers[i] = row * columns.kernel + column;
      }
    }

    /** The index of the first cell inside the picture for a row of places. */
    int firstCell(int row) {
      return rows.first[row] * width;
    }

    /** One more than the index of the last cell inside. */
    int endCell(int row) {
      return rows.end[row] * width;
    }
  }
}
