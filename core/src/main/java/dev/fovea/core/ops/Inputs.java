package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;

/** The count of inputs, the first thing every shape rule checks. */
final class Inputs {
  private Inputs() {}

  /** The shape of the only input. */
  static Shape one(Op op, Shape[] in) {
    if (in.length != 1) {
      throw new ShapeException(op.name() + ": expected one input, got " + in.length);
    }
    return in[0];
  }

  /** Returns if there are two inputs. */
  static void two(Op op, Shape[] in) {
    if (in.length != 2) {
      throw new ShapeException(op.name() + ": expected two inputs, got " + in.length);
    }
  }

  /** Whether an op that goes through its arrays place by place takes a format: any that all of its inputs can have. */
  static boolean elementwise(MemoryFormat format, Shape... in) {
    for (Shape shape : in) {
      if (format != MemoryFormat.PLAIN && !(MemoryFormat.isPictures(shape) && shape.equals(in[0]))) {
        return false;
      }
    }
    return true;
  }
}
