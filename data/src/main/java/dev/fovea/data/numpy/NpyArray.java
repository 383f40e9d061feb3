package dev.fovea.data.numpy;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * An array as NumPy has it: elements of one type, row-major, and a shape. Does not change; arrays given to it are not
 * copied and must not be written to afterwards.
 */
public final class NpyArray {
  private final NpyType type;
  private final Shape shape;
  private final Object values;

  NpyArray(NpyType type, Shape shape, Object values) {
    if (Array.getLength(values) != shape.elements()) {
      throw new ShapeException("numpy array " + shape + ": expected " + shape.elements() + " values, got "
          + Array.getLength(values));
    }
    this.type = type;
    this.shape = shape;
    this.values = values;
  }

  /**
   * float32.
   *
   * @throws ShapeException if there are not as many values as the shape has elements; so for the others
   */
  public static NpyArray of(Shape shape, float[] values) {
    return new NpyArray(NpyType.F4, shape, values);
  }

  /** float32, the values of a tensor. */
  public static NpyArray of(Tensor tensor) {
    return of(tensor.shape(), tensor.toArray());
  }

  /** float64. */
  public static NpyArray of(Shape shape, double[] values) {
    return new NpyArray(NpyType.F8, shape, values);
  }

  /** int16. */
  public static NpyArray of(Shape shape, short[] values) {
    return new NpyArray(NpyType.I2, shape, values);
  }

  /** int32. */
  public static NpyArray of(Shape shape, int[] values) {
    return new NpyArray(NpyType.I4, shape, values);
  }

  /** int64. */
  public static NpyArray of(Shape shape, long[] values) {
    return new NpyArray(NpyType.I8, shape, values);
  }

  /** bool. */
  public static NpyArray of(Shape shape, boolean[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return new NpyArray(NpyType.BOOL, shape, bytes);
  }

  /** int8. */
  public static NpyArray ofSigned(Shape shape, byte[] values) {
    return new NpyArray(NpyType.I1, shape, values);
  }

  /** uint8, as pixels are: -1 stands for 255. */
  public static NpyArray ofUnsigned(Shape shape, byte[] values) {
    return new NpyArray(NpyType.U1, shape, values);
  }

  /** What the elements are. */
  public NpyType type() {
    return type;
  }

  /** The lengths of the axes; {@code []} for a single value. */
  public Shape shape() {
    return shape;
  }

  /** The elements as {@link NpyType} says, not copied. */
  Object values() {
    return values;
  }

  /** The elements rounded to float32; those of a float32 array are not copied and not to be written to. */
  public float[] floats() {
    if (type == NpyType.F4) {
      return (float[]) values;
    }
    float[] floats = new float[shape.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = type == NpyType.I8 ? (float) ((long[]) values)[i] : (float) type.toDouble(values, i);
    }
    return floats;
  }

  /** The elements as float64. */
  public double[] doubles() {
    double[] doubles = new double[shape.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = type.toDouble(values, i);
    }
    return doubles;
  }

  /**
   * The elements as whole numbers, whatever their type.
   *
   * @throws IllegalArgumentException if one is none, or does not fit 32 bits
   */
  public int[] ints() {
    int[] ints = new int[shape.size()];
    for (int i = 0; i < ints.length; i++) {
      double value = type.toDouble(values, i);
      ints[i] = (int) value;
      if (ints[i] != value) {
        throw new IllegalArgumentException(
            "numpy array " + this + ": expected whole numbers of 32 bits, got " + value + " at place " + i);
      }
    }
    return ints;
  }

  /**
   * The bytes of a uint8, int8 or bool array, not copied and not to be written to.
   *
   * @throws IllegalStateException if the elements are no bytes
   */
  public byte[] bytes() {
    if (type.component != byte.class) {
      throw new IllegalStateException("numpy array " + this + ": expected elements of one byte");
    }
    return (byte[]) values;
  }

  /** A tensor of {@link #floats()}. */
  public Tensor tensor() {
    return Tensor.of(shape, floats());
  }

  /**
   * The same elements with the axes in another order, as {@code numpy.transpose} does: {@code transposed(0, 3, 1, 2)}
   * turns pictures {@code [N, H, W, C]} into {@code [N, C, H, W]}.
   *
   * @param axes for each axis of the result, which one of this array it is
   * @throws IllegalArgumentException if that is no order of the axes
   */
  public NpyArray transposed(int... axes) {
    int rank = shape.rank();
    int[] lengths = new int[rank];
    int[] steps = new int[rank];
    long seen = 0;
    for (int axis : axes) {
      seen |= axis >= 0 && axis < rank ? 1L << axis : 0;
    }
    if (axes.length != rank || Long.bitCount(seen) != rank) {
      throw new IllegalArgumentException("numpy array " + this + ": expected an order of its " + rank
          + " axes, got " + Arrays.toString(axes));
    }
    for (int axis = 0; axis < rank; axis++) {
      lengths[axis] = shape.dim(axes[axis]);
      steps[axis] = (int) shape.count(axes[axis] + 1, rank);
    }
    Object moved = Array.newInstance(type.component, shape.size());
    int[] place = new int[rank];
    int from = 0;
    for (int to = 0; to < shape.size(); to++) {
      System.arraycopy(values, from, moved, to, 1);
      for (int axis = rank - 1; axis >= 0; axis--) {
        from += steps[axis];
        if (++place[axis] < lengths[axis]) {
          break;
        }
        from -= steps[axis] * lengths[axis];
        place[axis] = 0;
      }
    }
    return new NpyArray(type, Shape.of(lengths), moved);
  }

  /** The type and the shape, as in {@code f4 [60000, 28, 28]}. */
  @Override
  public String toString() {
    return type.code + " " + shape;
  }
}
