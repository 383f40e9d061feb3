package dev.fovea.core.ops;

import dev.fovea.core.Op;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.util.Arrays;

/**
 * The same values in the same row-major order, under another shape of as many elements. The lengths are those of the
 * whole result, the batch axis included; one of them may be -1 and is then what the others leave, as in NumPy.
 */
public final class ReshapeOp implements Op {
  private final int[] lengths;

  /**
   * A reshape to these lengths.
   *
   * @throws IllegalArgumentException if a length is below 1, but for one -1
   */
  public ReshapeOp(int... lengths) {
    int unknown = 0;
    for (int length : lengths) {
      unknown += length == -1 ? 1 : 0;
      if (unknown > 1 || (length < 1 && length != -1)) {
        throw new IllegalArgumentException("reshape: expected lengths of at least 1, one of them may be -1, got "
            + Arrays.toString(lengths));
      }
    }
    this.lengths = lengths.clone();
  }

  @Override
  public Shape infer(Shape... in) {
    long elements = Inputs.one(this, in).elements();
    int[] whole = lengths.clone();
    int unknown = -1;
    for (int axis = 0; axis < whole.length; axis++) {
      if (whole[axis] == -1) {
        unknown = axis;
        whole[axis] = 1;
      }
    }
    long known = Shape.of(whole).elements();
    if (unknown < 0 ? known != elements : elements % known != 0) {
      throw new ShapeException("reshape: expected " + (unknown < 0 ? "" : "a multiple of ") + known + " elements for "
          + Arrays.toString(lengths) + ", got " + elements + " in " + in[0]);
    }
    if (unknown >= 0) {
      if (elements / known > Integer.MAX_VALUE) {
        throw new ShapeException("reshape: expected at most 2147483647 for the length that is left open in "
            + Arrays.toString(lengths) + ", got " + elements / known);
      }
      whole[unknown] = (int) (elements / known);
    }
    return Shape.of(whole);
  }

  @Override
  public void forward(Tensor[] in, Tensor out) {
    Strips.move(1, out.shape().size(), in[0].data(), 0, 0, out.data(), 0, 0, false);
  }

  @Override
  public void backward(Tensor[] in, Tensor out) {
    if (in[0].wantsGrad()) {
      boolean add = !in[0].claimGrad();
      Strips.move(1, out.shape().size(), out.grad(), 0, 0, in[0].grad(), 0, 0, add);
    }
  }

  @Override
  public boolean isView() {
    return true;
  }

  @Override
  public boolean backwardReads(int input) {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }
}
