package dev.fovea.core.ops;

/** Where a window's cells fall on one axis of a picture, for each of its places: which of them lie inside. */
final class Taps {
  /** The length of the picture's axis. */
  final int length;
  /** How many places the window finds. */
  final int places;
  /** From one cell of the window to the next. */
  final int dilation;
  /** Per place: where the window's first cell would be; negative in the padding. */
  final int[] start;
  /** Per place: the number of the first cell inside the picture. */
  final int[] first;
  /** Per place: one more than the number of the last cell inside. */
  final int[] end;
  /** Whether no place has a cell outside. */
  final boolean inside;

  private Taps(int length, int places, int padding, int stride, int kernel, int dilation) {
    this.length = length;
    this.places = places;
    this.dilation = dilation;
    start = new int[places];
    first = new int[places];
    end = new int[places];
    boolean all = true;
    for (int place = 0; place < places; place++) {
      int from = place * stride - padding;
      start[place] = from;
      first[place] = from >= 0 ? 0 : divideUp(-from, dilation);
      end[place] = from >= length ? 0 : Math.min(kernel, divideUp(length - from, dilation));
      all &= first[place] == 0 && end[place] == kernel;
    }
    inside = all;
  }

  static Taps rows(Window2D window, int height) {
    return new Taps(height, window.outputHeight(height), window.paddingTop(height),
        window.strideHeight(), window.kernelHeight(), window.dilationHeight());
  }

  static Taps columns(Window2D window, int width) {
    return new Taps(width, window.outputWidth(width), window.paddingLeft(width),
        window.strideWidth(), window.kernelWidth(), window.dilationWidth());
  }

  /** Whether some place has no cell inside the picture: dilation may step over a small one. */
  boolean somePlaceIsEmpty() {
    for (int place = 0; place < places; place++) {
      if (first[place] >= end[place]) {
        return true;
      }
    }
    return false;
  }

  private static int divideUp(int a, int b) {
    return (int) (((long) a + b - 1) / b);
  }
}
