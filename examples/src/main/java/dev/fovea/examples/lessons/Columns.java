package dev.fovea.examples.lessons;

import dev.fovea.core.Tensor;

/** Matrices with their columns in another order, and orders. */
final class Columns {
  private Columns() {}

  /** Column i of the result is column order[i] of this matrix; a vector is a single row. */
  static Tensor reordered(Tensor matrix, int... order) {
    int columns = order.length;
    float[] values = new float[matrix.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix.data()[i / columns * columns + order[i % columns]];
    }
    return Tensor.wrap(matrix.shape(), values);
  }

  /** The order that undoes this one. */
  static int[] inverse(int... order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  /** Makes of an order the next one, as in a dictionary; false if it was the last. */
  static boolean next(int[] order) {
    int left = order.length - 2;
    while (left >= 0 && order[left] > order[left + 1]) {
      left--;
    }
    if (left < 0) {
      return false;
    }
    int right = order.length - 1;
    while (order[right] < order[left]) {
      right--;
    }
    swap(order, left, right);
    for (int i = left + 1, j = order.length - 1; i < j; i++, j--) {
      swap(order, i, j);
    }
    return true;
  }

  private static void swap(int[] order, int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
