package dev.fovea.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The lengths of a tensor's axes, outermost first. Pictures are {@code [N, C, H, W]} (batch, channel, height, width),
 * one sample of them {@code [C, H, W]}, a batch of vectors {@code [N, F]}; a single value has no axes and prints as
 * {@code []}. The order in memory is row-major: the last axis moves fastest.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] lengths;

  private Shape(int[] lengths) {
    this.lengths = lengths;
  }

  /**
   * A shape of these axis lengths.
   *
   * @throws ShapeException if a length is below 1, or there are 2^63 elements or more
   */
  public static Shape of(int... lengths) {
    long elements = 1;
    for (int axis = 0; axis < lengths.length; axis++) {
      if (lengths[axis] < 1) {
        throw new ShapeException(
            "shape: axis " + axis + " must be at least 1, got " + lengths[axis] + " in " + Arrays.toString(lengths));
      }
      if (elements > Long.MAX_VALUE / lengths[axis]) {
        throw new ShapeException("shape: 2^63 elements or more in " + Arrays.toString(lengths));
      }
      elements *= lengths[axis];
    }
    return lengths.length == 0 ? SCALAR : new Shape(lengths.clone());
  }

  /** The shape of a single value: no axes, one element. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** The number of axes. */
  public int rank() {
    return lengths.length;
  }

  /**
   * The length of an axis; negative numbers count from the end, as in Python.
   *
   * @throws ShapeException if there is no such axis
   */
  public int dim(int axis) {
    return lengths[axis(axis)];
  }

  /**
   * An axis number made non-negative: {@code axis(-1)} of a rank-4 shape is 3.
   *
   * @throws ShapeException if there is no such axis
   */
  public int axis(int axis) {
    int real = axis < 0 ? axis + lengths.length : axis;
    if (real < 0 || real >= lengths.length) {
      throw new ShapeException("shape: " + this + " has " + lengths.length + " axes, there is no axis " + axis);
    }
    return real;
  }

  /** The number of elements, which may be more than an array can hold; {@link #size()} is the checked form. */
  public long elements() {
    return count(0, lengths.length);
  }

  /** The product of the lengths of the axes from {@code from} (inclusive) to {@code to} (exclusive). */
  public long count(int from, int to) {
    long product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= lengths[axis];
    }
    return product;
  }

  /**
   * The number of elements of a tensor that is to be held in one array.
   *
   * @throws ShapeException if that is more than 2^31-1, the longest array of Java
   */
  public int size() {
    long elements = elements();
    if (elements > Integer.MAX_VALUE) {
      throw new ShapeException(
          "tensor " + this + ": at most 2147483647 elements fit one Java array, got " + elements);
    }
    return (int) elements;
  }

  /** This shape with one more axis in front: a sample's shape becomes a batch's. */
  public Shape prepend(int length) {
    int[] longer = new int[lengths.length + 1];
    System.arraycopy(lengths, 0, longer, 1, lengths.length);
    longer[0] = length;
    return of(longer);
  }

  /**
   * This shape without its first axis: a batch's shape becomes a sample's.
   *
   * @throws ShapeException if there are no axes
   */
  public Shape dropFirst() {
    axis(0);
    return of(Arrays.copyOfRange(lengths, 1, lengths.length));
  }

  /** This shape with another length at one axis. */
  public Shape with(int axis, int length) {
    int[] changed = lengths.clone();
    changed[axis(axis)] = length;
    return of(changed);
  }

  /**
   * Where the element at these indices lies in row-major order.
   *
   * @throws ShapeException if there are not as many indices as axes
   * @throws IndexOutOfBoundsException if an index is outside its axis
   */
  public int offset(int... index) {
    if (index.length != lengths.length) {
      throw new ShapeException(
          "shape: " + this + " takes " + lengths.length + " indices, got " + Arrays.toString(index));
    }
    int offset = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= lengths[axis]) {
        throw new IndexOutOfBoundsException("shape: " + this + " has no element at " + Arrays.toString(index));
      }
      offset = offset * lengths[axis] + index[axis];
    }
    return offset;
  }

  /** The lengths as an array of the caller's own. */
  public int[] toArray() {
    return lengths.clone();
  }

  /** The lengths joined by crosses, as in {@code 64x5x5}. */
  public String crossed() {
    return Arrays.stream(lengths).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths);
  }

  /** The lengths in brackets, as in {@code [1, 28, 28]}. */
  @Override
  public String toString() {
    return Arrays.toString(lengths);
  }
}
