package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;

/**
 * y = a - b, element by element, both stretched to one shape as {@link AddOp} does it. The gradients are those of
 * addition, b's with its sign changed.
 */
public final class SubtractOp implements Op {
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
      broadcast.rows((n, i, j, at) -> subtract(n, a, i, b, j, y, at));
    } else if (broadcast.moves(0)) {
      broadcast.rows((n, i, j, at) -> kernels.affine(n, 1f, -b[j], a, i, y, at));
    } else {
      broadcast.rows((n, i, j, at) -> kernels.affine(n, -1f, a[i], b, j, y, at));
    }
  }

  private static void subtract(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] - b[bOffset + i];
    }
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    for (int operand = 0; operand < 2; operand++) {
      if (in[operand].wantsGrad()) {
        boolean add = !in[operand].claimGrad();
        broadcast.gather(operand, operand == 0 ? 1f : -1f, out.grad(), in[operand].grad(), add);
      }
    }
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
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
    return new Broadcast(in[0], in[1]).scratchBytes(false);
  }
}
