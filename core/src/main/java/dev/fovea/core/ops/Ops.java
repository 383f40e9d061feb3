package dev.fovea.core.ops;

import dev.fovea.core.Tape;
import dev.fovea.core.Tensor;

/**
 * Every operation as a function, to be imported statically: {@code relu(conv2d(x, weight, bias, Window2D.of(3)))}. What an
 * operation computes, and how its gradient goes, stands in the class it names. Where an input has a shape and no data the
 * result has none either, and is recorded for a plan.
 */
public final class Ops {
  private Ops() {}

  /** y = max(x, 0); see {@link ReluOp}. */
  public static Tensor relu(Tensor x) {
    return Tape.apply(new ReluOp(), x);
  }
}
