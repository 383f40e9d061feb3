package dev.fovea.core.ops;

import dev.fovea.core.Shape;
import dev.fovea.core.kernels.Parallel;

/**
 * Moves values so that the axes come in another order. Axes of length 1 are left out and axes that stay neighbours
 * count as one. What is left is either rows that are copied whole, or planes that are transposed tile by tile, so that
 * neither the reading nor the writing jumps through memory for every element.
 */
final class Permutation {
  /** Rows and columns of a tile: 64 stretches of two cache lines each fit the first-level cache. */
  private static final int TILE = 32;

  private final int size;
  /** The axes of the result that are left, outermost first: their lengths, and the steps from one index to the next. */
  private final int[] length;
  private final int[] inStep;
  private final int[] outStep;
  private final int rank;
  /** The axis of the result along which the input moves one by one. */
  private final int column;

  /** Takes a tensor of this shape to one whose axis k is its axis {@code axes[k]}. */
  Permutation(Shape in, int[] axes) {
    size = in.size();
    length = new int[axes.length];
    inStep = new int[axes.length];
    outStep = new int[axes.length];
    int used = 0;
    for (int axis : axes) {
      int n = in.dim(axis);
      if (n == 1) {
        continue;
      }
      int step = (int) in.count(axis + 1, in.rank());
      if (used > 0 && inStep[used - 1] == step * n) {
        length[used - 1] *= n;
        inStep[used - 1] = step;
      } else {
        length[used] = n;
        inStep[used++] = step;
      }
    }
    rank = used;
    int step = 1;
    int one = 0;
    for (int axis = rank - 1; axis >= 0; axis--) {
      outStep[axis] = step;
      step *= length[axis];
      one = inStep[axis] == 1 ? axis : one;
    }
    column = one;
  }

  /** y (+)= x, moved. */
  void run(float[] x, float[] y, boolean add) {
    if (rank <= 1) {
      Strips.move(1, size, x, 0, 0, y, 0, 0, add);
    } else if (column == rank - 1) {
      int row = length[column];
      Parallel.ranges(size / row, Math.max(1, Strips.STRETCH / row), (from, to) -> {
        for (int i = from; i < to; i++) {
          Strips.move(row, x, offset(i, inStep), y, i * row, add);
        }
      });
    } else {
      transpose(x, y, add);
    }
  }

  private void transpose(float[] x, float[] y, boolean add) {
    int rows = length[column];
    int columns = length[rank - 1];
    int bands = (rows + TILE - 1) / TILE;
    int planes = size / (rows * columns);
    Parallel.ranges(planes * bands, Math.max(1, Strips.STRETCH / (TILE * columns)), (from, to) -> {
      for (int i = from; i < to; i++) {
        int row = i % bands * TILE;
        int xOffset = offset(i / bands, inStep) + row;
        int yOffset = offset(i / bands, outStep) + row * outStep[column];
        for (int c = 0; c < columns; c += TILE) {
          tile(Math.min(TILE, rows - row), Math.min(TILE, columns - c),
              x, xOffset + c * inStep[rank - 1], y, yOffset + c, add);
        }
      }
    });
  }

  private void tile(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    int across = inStep[rank - 1];
    for (int r = 0; r < rows; r++) {
      int to = yOffset + r * outStep[column];
      int from = xOffset + r;
      for (int c = 0; c < columns; c++) {
        float value = x[from + c * across];
        y[to + c] = add ? y[to + c] + value : value;
      }
    }
  }

  /** Where the row or plane with this number begins: the axes that do not lie within it are counted through. */
  private int offset(int number, int[] step) {
    int offset = 0;
    int left = number;
    for (int axis = rank - 2; axis >= 0; axis--) {
      if (axis != column) {
        offset += left % length[axis] * step[axis];
        left /= length[axis];
      }
    }
    return offset;
  }
}
