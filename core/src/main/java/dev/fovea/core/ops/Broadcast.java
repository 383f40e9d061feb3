package dev.fovea.core.ops;

import dev.fovea.core.MemoryFormat;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Kernels;
import dev.fovea.core.kernels.Parallel;
import java.util.Arrays;

/**
 * Two operands stretched to one shape, as in NumPy: axes are matched from the last one on, a missing axis counts as one
 * of length 1, and an axis of length 1 is repeated to the other's length.
 *
 * <p>Neighbouring axes along which both operands behave alike are taken for one. What is left of the commonest cases is
 * small: one axis for equal shapes, [N, C, HW] for a bias [C, 1, 1] on pictures, [N, F] for a bias [F] on vectors. The
 * last axis left is a row, worked on by one kernel call.
 */
final class Broadcast {
  /** Elements a thread takes at a time. */
  private static final int STRETCH = 1 << 14;

  private final Shape shape;
  private final boolean[] whole;
  private final Reduction[] reductions = new Reduction[2];
  private final int rank;
  private final int[] length;
  private final int[][] stride;
  private float[] product;

  /** These operands; in blocks of channels they have equal shapes and are taken for two vectors of all their floats. */
  static Broadcast of(Tensor a, Tensor b) {
    return a.format() == MemoryFormat.PLAIN
        ? new Broadcast(a.shape(), b.shape())
        : new Broadcast(Shape.of(a.length()), Shape.of(b.length()));
  }

  /** Operands of these shapes, which {@link #shape} has found to fit. */
  Broadcast(Shape a, Shape b) {
    shape = shape("broadcast", a, b);
    whole = new boolean[] {a.elements() == shape.elements(), b.elements() == shape.elements()};
    length = new int[Math.max(1, shape.rank())];
    stride = new int[2][length.length];
    rank = merge(a, b);
    if (!whole[0]) {
      reductions[0] = new Reduction(shape, stretched(a));
    }
    if (!whole[1]) {
      reductions[1] = new Reduction(shape, stretched(b));
    }
  }

  /**
   * The shape that both are stretched to.
   *
   * @throws ShapeException if two axes that meet differ and neither is 1
   */
  static Shape shape(String where, Shape a, Shape b) {
    int[] lengths = new int[Math.max(a.rank(), b.rank())];
    for (int axis = 0; axis < lengths.length; axis++) {
      int left = aligned(a, axis, lengths.length);
      int right = aligned(b, axis, lengths.length);
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(where + ": expected axes of equal length, or of length 1, counted from the last; got "
            + a + " and " + b + ", where " + left + " meets " + right);
      }
      lengths[axis] = Math.max(left, right);
    }
    return Shape.of(lengths);
  }

  private static int aligned(Shape shape, int axis, int rank) {
    int own = axis - (rank - shape.rank());
    return own < 0 ? 1 : shape.dim(own);
  }

  private boolean[] stretched(Shape operand) {
    boolean[] stretched = new boolean[shape.rank()];
    for (int axis = 0; axis < stretched.length; axis++) {
      stretched[axis] = aligned(operand, axis, shape.rank()) != shape.dim(axis);
    }
    return stretched;
  }

  /** Fills lengths and strides, innermost axis first; strides are 0 where an operand is repeated. */
  private int merge(Shape a, Shape b) {
    int[] step = {1, 1};
    int axes = 0;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int n = shape.dim(axis);
      if (n == 1) {
        continue;
      }
      int nextA = aligned(a, axis, shape.rank()) == n ? step[0] : 0;
      int nextB = aligned(b, axis, shape.rank()) == n ? step[1] : 0;
      boolean alike = axes > 0 && nextA == stride[0][axes - 1] * length[axes - 1]
          && nextB == stride[1][axes - 1] * length[axes - 1];
      if (alike) {
        length[axes - 1] *= n;
      } else {
        length[axes] = n;
        stride[0][axes] = nextA;
        stride[1][axes] = nextB;
        axes++;
      }
      step[0] *= nextA == 0 ? 1 : n;
      step[1] *= nextB == 0 ? 1 : n;
    }
    if (axes == 0) {
      length[0] = stride[0][0] = stride[1][0] = 1;
      axes = 1;
    }
    return axes;
  }

  /** Whether an operand moves along a row; the value at its offset serves the whole row if not. */
  boolean moves(int operand) {
    return stride[operand][0] == 1;
  }

  /** Bytes kept from run to run by {@link #gather}, or by {@link #gatherProduct} where that is asked for. */
  long scratchBytes(boolean products) {
    long bytes = 0;
    for (Reduction reduction : reductions) {
      bytes += reduction == null ? 0 : reduction.scratchBytes();
    }
    return bytes + (products && !whole[0] && !whole[1] ? Float.BYTES * shape.elements() : 0);
  }

  /** A stretch of a row. */
  @FunctionalInterface
  interface Row {
    /** Works on n elements of the result, which start at {@code y}, and of the operands. */
    void accept(int n, int a, int b, int y);
  }

  /** Calls {@code body} for every row, long rows in several pieces, on several threads. */
  void rows(Row body) {
    int row = length[0];
    int rows = shape.size() / row;
    if (row > STRETCH) {
      int pieces = (row + STRETCH - 1) / STRETCH;
      Parallel.run(rows * pieces, i -> {
        int first = i % pieces * STRETCH;
        int at = i / pieces;
        body.accept(Math.min(STRETCH, row - first), offset(0, at) + first * stride[0][0],
            offset(1, at) + first * stride[1][0], at * row + first);
      });
      return;
    }
    Parallel.ranges(rows, STRETCH / row, (from, to) -> {
      for (int i = from; i < to; i++) {
        body.accept(row, offset(0, i), offset(1, i), i * row);
      }
    });
  }

  /** Where a row begins in an operand. */
  private int offset(int operand, int row) {
    int offset = 0;
    int left = row;
    for (int axis = 1; axis < rank - 1; axis++) {
      offset += left % length[axis] * stride[operand][axis];
      left /= length[axis];
    }
    return rank > 1 ? offset + left * stride[operand][rank - 1] : offset;
  }

  /** g (+)= scale * dy, summed over the axes along which this operand was stretched. */
  void gather(int operand, float scale, float[] dy, float[] g, boolean add) {
    if (whole[operand]) {
      Parallel.ranges(shape.size(), STRETCH,
          (from, to) -> Kernels.get().scale(to - from, scale, dy, from, g, from, add));
    } else {
      reductions[operand].sum(scale, dy, g, add);
    }
  }

  /** g (+)= dy * the other operand, summed over the axes along which this operand was stretched. */
  void gatherProduct(int operand, float[] dy, float[] other, float[] g, boolean add) {
    if (whole[operand]) {
      multiply(1 - operand, dy, other, g, add);
    } else if (whole[1 - operand]) {
      reductions[operand].sumOfProducts(dy, other, g, add);
    } else {
      if (product == null) {
        product = new float[shape.size()];
      }
      multiply(1 - operand, dy, other, product, false);
      reductions[operand].sum(1f, product, g, add);
    }
  }

  /** g (+)= scale * the second operand, stretched. */
  void spread(float scale, float[] values, float[] g, boolean add) {
    if (moves(1)) {
      rows((n, a, b, at) -> Kernels.get().scale(n, scale, values, b, g, at, add));
    } else if (add) {
      rows((n, a, b, at) -> Kernels.get().affine(n, 1f, scale * values[b], g, at, g, at));
    } else {
      rows((n, a, b, at) -> Arrays.fill(g, at, at + n, scale * values[b]));
    }
  }

  /** y (+)= x * an operand, x and y being of the shape that the operand is stretched to. */
  private void multiply(int operand, float[] x, float[] values, float[] y, boolean add) {
    boolean moves = moves(operand);
    rows((n, a, b, at) -> {
      int own = operand == 0 ? a : b;
      if (moves) {
        Kernels.get().multiply(n, x, at, values, own, y, at, add);
      } else {
        Kernels.get().scale(n, values[own], x, at, y, at, add);
      }
    });
  }
}
