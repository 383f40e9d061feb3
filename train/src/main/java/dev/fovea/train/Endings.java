package dev.fovea.train;

import dev.fovea.core.Op;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.LogSoftmaxOp;
import dev.fovea.core.ops.SigmoidOp;
import dev.fovea.core.ops.SoftmaxOp;

/** How a prediction ends: what its last operation is, and which scores went into it. */
final class Endings {
  private Endings() {}

  /** What went into the softmax that this prediction ends in; {@code null} if it ends in none. */
  static Tensor beforeSoftmax(Tensor prediction) {
    Op op = prediction.op();
    return op instanceof SoftmaxOp || op instanceof LogSoftmaxOp ? prediction.inputs()[0] : null;
  }

  /** What went into the sigmoid that this prediction ends in; {@code null} if it ends in none. */
  static Tensor beforeSigmoid(Tensor prediction) {
    return prediction.op() instanceof SigmoidOp ? prediction.inputs()[0] : null;
  }

  /** {@code dense in layer 'dense_1'}, for messages. */
  static String describe(Tensor prediction) {
    if (prediction.op() == null) {
      return "nothing at all";
    }
    String name = prediction.op().name();
    return prediction.label() == null ? name : name + " in layer '" + prediction.label() + "'";
  }
}
