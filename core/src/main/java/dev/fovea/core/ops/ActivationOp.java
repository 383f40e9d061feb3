package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.core.kernels.Scratch;
import dev.fovea.core.kernels.conv.Pointwise;

/**
 * y = f(x), element by element. Those whose slope can be told from y alone may also serve as the last act of a
 * convolution or a dense layer, where x is never kept.
 */
public abstract class ActivationOp implements Op, Pointwise {
  /** Elements a thread takes at a time. */
  private static final int STRETCH = 1 << 14;

  /** y = f(x) for n elements; x and y may be the same place. */
  protected abstract void value(int n, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * dx (+)= dy * f'(x) for n elements. Where {@link #slopeFromOutput()} holds, x is not there ({@code null}) and f'
   * is told from y.
   */
  protected abstract void slope(int n, float[] x, int xOffset, float[] y, int yOffset,
      float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add);

  /** Whether {@link #slope} gets by with y alone. */
  protected boolean slopeFromOutput() {
    return true;
  }

  @Override
  public final void value(int n, float[] y, int yOffset) {
    value(n, y, yOffset, y, yOffset);
  }

  @Override
  public final void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dz, int dzOffset) {
    slope(n, null, 0, y, yOffset, dy, dyOffset, dz, dzOffset, false);
  }

  @Override
  public final Shape infer(Shape... in) {
    if (in.length != 1) {
      throw new ShapeException(name() + ": expected one input, got " + in.length);
    }
    return in[0];
  }

  @Override
  public final void forward(Tensor[] in, Tensor out) {
    float[] x = in[0].data();
    float[] y = out.data();
    Parallel.ranges(out.length(), STRETCH, (from, to) -> value(to - from, x, from, y, from));
  }

  @Override
  public final void backward(Tensor[] in, Tensor out) {
    if (!in[0].wantsGrad()) {
      return;
    }
    boolean add = !in[0].claimGrad();
    float[] x = slopeFromOutput() ? null : in[0].data();
    float[] y = out.data();
    float[] dy = out.grad();
    float[] dx = in[0].grad();
    Parallel.ranges(out.length(), STRETCH,
        (from, to) -> slope(to - from, x, from, y, from, dy, from, dx, from, add));
  }

  /**
   * The gradient before this activation, where it is the last act of another op: dy itself if there is no activation,
   * otherwise an array of the calling thread's, good until the next call.
   */
  static float[] gradientBefore(ActivationOp activation, Tensor out) {
    if (activation == null) {
      return out.grad();
    }
    int size = out.length();
    float[] y = out.data();
    float[] dy = out.grad();
    float[] dz = Scratch.floats(Scratch.Purpose.GRADIENT, size);
    Parallel.ranges(size, STRETCH,
        (from, to) -> activation.slope(to - from, null, 0, y, from, dy, from, dz, from, false));
    return dz;
  }

  /** Refuses an activation that needs more than its output on the way back, and so cannot end another op. */
  static void requireFusable(String where, ActivationOp activation) {
    if (activation != null && !activation.slopeFromOutput()) {
      throw new IllegalArgumentException(where + ": expected an activation whose slope follows from its output, got "
          + activation.name() + "; apply it as an operation of its own");
    }
  }

  @Override
  public final boolean takes(MemoryFormat format, Shape... in) {
    return Inputs.elementwise(format, in);
  }

  @Override
  public final boolean backwardReads(int input) {
    return !slopeFromOutput();
  }
}
