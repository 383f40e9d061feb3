package dev.fovea.data.image;

/**
 * The eight ways EXIF knows to hold a camera (tag 0x0112): where the first row and the first column of what is stored
 * belong in the picture.
 */
final class Orientation {
  private Orientation() {}

  /** Whether rows of what is stored are columns of the picture. */
  static boolean swapsAxes(int orientation) {
    return orientation >= 5;
  }

  /**
   * Where in a stored picture of {@code height} rows and {@code width} columns the pixel lies that is seen at row
   * {@code y}, column {@code x}: row * width + column.
   */
  static int stored(int orientation, int height, int width, int y, int x) {
    int bottom = height - 1;
    int right = width - 1;
    return switch (orientation) {
      case 2 -> y * width + right - x;
      case 3 -> (bottom - y) * width + right - x;
      case 4 -> (bottom - y) * width + x;
      case 5 -> x * width + y;
      case 6 -> (bottom - x) * width + y;
      case 7 -> (bottom - x) * width + right - y;
      case 8 -> x * width + right - y;
      default -> y * width + x;
    };
  }
}
