package dev.fovea.benchmarks.kernels;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.Arrays;

/**
 * An operation on tensors of its own, outside of any plan.
 *
 * @param op the operation
 * @param in its inputs, with values
 * @param out its output, with a gradient
 */
record Application(Op op, Tensor[] in, Tensor out) {
  /** Applies the operation to these inputs; pictures come out in the format in which the first input is. */
  static Application of(Op op, Tensor... in) {
    Shape shape = op.infer(Arrays.stream(in).map(Tensor::shape).toArray(Shape[]::new));
    MemoryFormat format = MemoryFormat.isPictures(shape) ? in[0].format() : MemoryFormat.PLAIN;
    Tensor out = random(shape, format, 17L);
    float[] gradient = random(shape, format, 23L).data();
    out.bindGrad(gradient);
    out.claimGrad();
    return new Application(op, in, out);
  }

  /** Values uniform in [-1, 1), padding included. */
  static Tensor random(Shape shape, MemoryFormat format, long seed) {
    Tensor tensor = Tensor.symbolic(shape);
    tensor.format(format);
    float[] values = new float[tensor.length()];
    RandomSource random = new RandomSource(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    tensor.bind(values);
    return tensor;
  }

  void forward() {
    op.forward(in, out);
  }

  /** Computes the gradients of the inputs that want one anew. */
  void backward() {
    for (Tensor each : in) {
      if (each.wantsGrad()) {
        each.zeroGrad();
      }
    }
    op.backward(in, out);
  }

  /** Bytes of a tensor's values. */
  static double bytes(Tensor tensor) {
    return (double) Float.BYTES * tensor.length();
  }
}
