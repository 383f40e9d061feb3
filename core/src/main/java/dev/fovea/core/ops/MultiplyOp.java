package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;

/**
 * y = a * b, element by element (not the matrix product), both stretched to one shape as {@link AddOp} does it. The
 * gradient of an operand is y's times the other operand, summed over the axes along which it was repeated.
 */
public final class MultiplyOp implements Op {
  private Broadcast broadcast;

  @Override
  public Shape infer(Shape... in) {
    Inputs.two(this, in);
    return Broadcast.shape(name(), in[0], in[1]);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    if (broadcast == null) {
      broadcast = Broadcast.of(in[0], in[1]);
    }
    float[] a = in[0].data();
    float[] b = in[1].data();
    float[] y = out.data();
    Kernels kernels = Kernels.get();
    if (broadcast.moves(0) && broadcast.moves(1)) {
      broadcast.rows((n, i, j, at) -> kernels.multiply(n, a, i, b, j, y, at, false));
    } else if (broadcast.moves(0)) {
      broadcast.rows((n, i, j, at) -> kernels.scale(n, b[j], a, i, y, at, false));
    } else {
      broadcast.rows((n, i, j, at) -> kernels.scale(n, a[i], b, j, y, at, false));
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    for (int operand = 0; operand < 2; operand++) {
      if (in[operand].wantsGrad()) {
        boolean add = !in[operand].claimGrad();
        broadcast.gatherProduct(operand, out.grad(), in[1 - operand].data(), in[operand].grad(), add);
      }
    }
  }

  @Override
  public boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public long keptBytes(Shape... in) {
    return new Broadcast(in[0], in[1]).scratchBytes(true);
  }
}
