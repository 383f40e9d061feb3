package dev.fovea.core.ops;

import java.util.Arrays;

/** Where the cells of a window fall on one axis of a picture: per place of the window, and per cell of it. */
final class Taps {
  /** The length of the picture's axis. */
  final int length;
  /** How many places the window finds. */
  final int places;
  /** The number of cells of the window. */
  final int kernel;
  /** From one place to the next. */
  final int stride;
  /** From one cell of the window to the next. */
  final int dilation;
  /** Cells of padding in front of the picture. */
  final int padding;
  /** Per place: the number of the first cell inside the picture. */
  final int[] first;
  /** Per place: one more than the number of the last cell inside. */
  final int[] end;
  /** Per cell: the first place at which it is inside the picture. */
  final int[] from;
  /** Per cell: one more than the last such place, or {@link #from} where there is none. */
  final int[] to;

  private Taps(int length, int places, int kernel, int stride, int dilation, int padding) {
    this.length = length;
    this.places = places;
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.padding = padding;
    first = new int[places];
    end = new int[places];
    from = new int[kernel];
    to = new int[kernel];
    Arrays.fill(first, kernel);
    for (int cell = 0; cell < kernel; cell++) {
      long inFront = (long) padding - (long) cell * dilation;
      from[cell] = divideUp(inFront, stride);
      to[cell] = divideUp(length + inFront, stride);
      for (int place = from[cell]; place < to[cell]; place++) {
        first[place] = Math.min(first[place], cell);
        end[place] = cell + 1;
      }
    }
  }

  static Taps rows(Window2D window, int height) {
    return new Taps(height, window.outputHeight(height), window.kernelHeight(),
        window.strideHeight(), window.dilationHeight(), window.paddingTop(height));
  }

  static Taps columns(Window2D window, int width) {
    return new Taps(width, window.outputWidth(width), window.kernelWidth(),
        window.strideWidth(), window.dilationWidth(), window.paddingLeft(width));
  }

  /** Where a cell of the window falls at its first place; negative in the padding. */
  int start(int cell) {
    return cell * dilation - padding;
  }

  /** The place at which a cell of the window falls on this pixel of the axis, or -1 if there is none. */
  int placeOf(int cell, int pixel) {
    int distance = pixel - start(cell);
    boolean falls = distance >= 0 && distance % stride == 0 && distance / stride < places;
    return falls ? distance / stride : -1;
  }

  /** How many cells are inside the picture at a place. */
  int inside(int place) {
    return end[place] - first[place];
  }

  /** Whether some place has no cell inside the picture: dilation may step over a small one. */
  boolean somePlaceIsEmpty() {
    return Arrays.stream(end).anyMatch(e -> e == 0);
  }

  /** Whether places lie side by side, two cells each, and all of them inside the picture. */
  boolean halve() {
    return kernel == 2 && stride == 2 && dilation == 1 && padding == 0 && 2 * places <= length;
  }

  /** a / b rounded up, as the number of a place: 0 .. {@link #places}. */
  private int divideUp(long a, int b) {
    return (int) Math.max(0, Math.min(places, Math.floorDiv(a + b - 1, (long) b)));
  }
}
