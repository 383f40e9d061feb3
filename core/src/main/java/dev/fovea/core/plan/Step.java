package dev.fovea.core.plan;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.Arrays;

/**
 * One operation of a plan.
 *
 * @param op what is computed
 * @param inputs from what
 * @param output where it goes
 * @param reason why it is done this way, in words for the plan's table; empty where there was nothing to decide
 */
record Step(Op op, Tensor[] inputs, Tensor output, String reason) {
  /** The step that was recorded with a tensor. */
  static Step of(Tensor computed) {
    return new Step(computed.op(), computed.inputs(), computed, "");
  }

  /** An operation applied to tensors without data: the output is new and carries this label. */
  static Step of(Tensor computed, String label, String reason) {
    computed.label(label);
    return new Step(computed.op(), computed.inputs(), computed, reason);
  }

  Shape[] shapes() {
    return Arrays.stream(inputs).map(Tensor::shape).toArray(Shape[]::new);
  }

  boolean reads(Tensor tensor) {
    return Arrays.stream(inputs).anyMatch(input -> input == tensor);
  }

  /** The name of the layer it belongs to, as errors say it. */
  String place() {
    return output.label() == null ? "the loss" : output.label();
  }
}
