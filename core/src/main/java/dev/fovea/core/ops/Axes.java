package dev.fovea.core.ops;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.Arrays;

/** Axis numbers as users write them: negative ones count from the end. */
final class Axes {
  private Axes() {}

  /**
   * The number made non-negative.
   *
   * @throws ShapeException if there is no such axis
   */
  static int real(String where, Shape shape, int axis) {
    int real = axis < 0 ? axis + shape.rank() : axis;
    if (real < 0 || real >= shape.rank()) {
      throw new ShapeException(where + ": expected one of the " + shape.rank() + " axes of " + shape + ", got " + axis);
    }
    return real;
  }

  /**
   * Which axes these are, none standing for all.
   *
   * @throws ShapeException if there is no such axis, or one is named twice
   */
  static boolean[] named(String where, Shape shape, int[] axes) {
    boolean[] named = new boolean[shape.rank()];
    Arrays.fill(named, axes.length == 0);
    for (int axis : axes) {
      int real = real(where, shape, axis);
      if (named[real]) {
        throw new ShapeException(
            where + ": expected each axis of " + shape + " at most once, got " + Arrays.toString(axes));
      }
      named[real] = true;
    }
    return named;
  }

  /** The shape with the chosen axes at length 1. */
  static Shape toOne(Shape shape, boolean[] chosen) {
    int[] lengths = shape.toArray();
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = chosen[axis] ? 1 : lengths[axis];
    }
    return Shape.of(lengths);
  }

  /** The shape without the chosen axes. */
  static Shape without(Shape shape, boolean[] chosen) {
    int[] kept = new int[shape.rank()];
    int rank = 0;
    for (int axis = 0; axis < chosen.length; axis++) {
      if (!chosen[axis]) {
        kept[rank++] = shape.dim(axis);
      }
    }
    return Shape.of(Arrays.copyOf(kept, rank));
  }
}
