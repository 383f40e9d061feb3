package dev.fovea.data;

/** Checks that every data set makes. */
final class Samples {
  private Samples() {}

  /** The index, if there is such a sample. */
  static int checkIndex(int index, int size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "data set: expected a sample of 0.." + (size - 1) + ", got " + index);
    }
    return index;
  }
}
