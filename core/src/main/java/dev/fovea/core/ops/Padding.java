package dev.fovea.core.ops;

/**
 * The cells put around a picture before a {@link Window2D} slides over it. {@link #VALID} puts none. {@link #SAME} puts
 * as many as make the output {@code ceil(input / stride)} long; an odd cell goes to the bottom or the right, as in
 * TensorFlow and Keras. Explicit numbers, as in PyTorch, come from {@link #of(int)} and its longer forms.
 *
 * <p>Prints as the code that makes it: {@code SAME}, {@code Padding.of(1)}.
 */
public sealed interface Padding {
  /** No padding: the window stays inside the picture. */
  Padding VALID = Rule.VALID;
  /** As much as keeps the length at stride 1, and {@code ceil(input / stride)} at any other. */
  Padding SAME = Rule.SAME;

  /** The same number of cells on each side. */
  static Padding of(int cells) {
    return of(cells, cells);
  }

  /** {@code vertical} cells above and below, {@code horizontal} cells on the left and on the right. */
  static Padding of(int vertical, int horizontal) {
    return of(vertical, vertical, horizontal, horizontal);
  }

  /**
   * A number of cells for each side.
   *
   * @throws IllegalArgumentException if one is negative
   */
  static Padding of(int top, int bottom, int left, int right) {
    return new Explicit(top, bottom, left, right);
  }

  /** Padding that follows from the window and the picture. */
  enum Rule implements Padding {
    /** {@link Padding#VALID}. */
    VALID,
    /** {@link Padding#SAME}. */
    SAME
  }

  /**
   * Padding given in numbers.
   *
   * @param top cells above the picture
   * @param bottom cells below it
   * @param left cells on its left
   * @param right cells on its right
   */
  record Explicit(int top, int bottom, int left, int right) implements Padding {
    /** Checks that no number is negative. */
    public Explicit {
      if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
        throw new IllegalArgumentException("padding: expected at least 0 on each side, got top " + top + ", bottom "
            + bottom + ", left " + left + ", right " + right);
      }
    }

    @Override
    public String toString() {
      if (top != bottom || left != right) {
        return "Padding.of(" + top + ", " + bottom + ", " + left + ", " + right + ")";
      }
      return top == left ? "Padding.of(" + top + ")" : "Padding.of(" + top + ", " + left + ")";
    }
  }
}
