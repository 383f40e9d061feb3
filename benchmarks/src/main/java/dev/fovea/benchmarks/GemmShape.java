package dev.fovea.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * The size of a matrix product, and how its operands lie in memory.
 *
 * @param use what a network has such a product for
 * @param rows rows of the left matrix and of the result
 * @param columns columns of the right matrix and of the result
 * @param depth columns of the left matrix, rows of the right one
 */
record GemmShape(Use use, int rows, int columns, int depth) {
  /** Which of the two matrices are stored turned round. */
  enum Use {
    /** Neither: convolutions, and the gradient of a dense layer's input. */
    PLAIN,
    /** The right one, the weight: a dense layer's value. */
    FORWARD,
    /** The left one: the gradient of a dense layer's weight. */
    WEIGHTS
  }

  /** Bytes. */
  private static final double LAST_LEVEL_CACHE = 1 << 25;

  GemmShape {
    if (rows < 1 || columns < 1 || depth < 1) {
      throw new IllegalArgumentException("shape: all three numbers must be at least 1, got "
          + rows + "x" + columns + "x" + depth);
    }
  }

  /** {@code 512x512x512}: rows, columns, depth; {@code forward:} or {@code weights:} before it for another use. */
  static GemmShape parse(String text) {
    if (!text.matches("((plain|forward|weights):)?\\d{1,6}x\\d{1,6}x\\d{1,6}")) {
      throw new IllegalArgumentException("shape: expected rows, columns and depth as in 512x512x512, perhaps after "
          + "plain:, forward: or weights:, got " + text);
    }
    int colon = text.indexOf(':');
    Use use = colon < 0 ? Use.PLAIN : Use.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT));
    int[] numbers = Arrays.stream(text.substring(colon + 1).split("x")).mapToInt(Integer::parseInt).toArray();
    return new GemmShape(use, numbers[0], numbers[1], numbers[2]);
  }

  /** Multiplications and additions. */
  double operations() {
    return 2.0 * rows * columns * depth;
  }

  /**
   * The billions of operations a second that nothing can pass which has vectors of so many lanes, along the rows of the
   * result, or along the depth where both operands lie that way: the peak, less what the last vector of a row leaves
   * empty; where operands and result do not fit into a last-level cache, memory, if it is slower at giving them once.
   *
   * @param gigaFlops the peak of multiply-adds, in billions of operations a second
   * @param gigaBytes what memory gives, in billions of bytes a second
   */
  double roof(double gigaFlops, double gigaBytes, int lanes) {
    int along = use == Use.FORWARD ? depth : columns;
    double filled = along / (Math.ceil((double) along / lanes) * lanes);
    double bytes = (double) Float.BYTES
        * ((double) rows * depth + (double) depth * columns + (double) rows * columns);
    double memory = bytes <= LAST_LEVEL_CACHE ? Double.POSITIVE_INFINITY : operations() / bytes * gigaBytes;
    return Math.min(gigaFlops * filled, memory);
  }

  @Override
  public String toString() {
    return use.name().toLowerCase(Locale.ROOT) + ":" + rows + "x" + columns + "x" + depth;
  }
}
