package dev.fovea.core;

import java.util.Arrays;

/**
 * Float32 values under a {@link Shape}, with the gradient of whatever was last differentiated
 * with respect to them.
 *
 * <p>A tensor is either a leaf, made here, or what an {@link Op} returned; the latter remembers the op and its
 * inputs, and {@link #backward()} follows that record. A tensor {@linkplain #symbolic without data} has a shape only:
 * operations on it infer shapes, record themselves and compute nothing. Summaries, parameter counts and plans are
 * made with such tensors.
 *
 * <p>What a user reads ({@link #get}, {@link #toArray}, printing, {@link #gradient}) is in logical order. {@link
 * #data()} and {@link #grad()} are the raw arrays, for operations; a plan may let several tensors share one.
 *
 * <p>Values may be read by many threads; a backward pass belongs to one.
 */
public class Tensor {
  private static final int PRINTED = 8;

  private final Shape shape;
  private MemoryFormat format = MemoryFormat.PLAIN;
  private float[] data;
  private float[] grad;
  private boolean gradWritten;
  private boolean wantsGrad;
  private Op op;
  private Tensor[] inputs = {};
  private String label;

  Tensor(Shape shape, float[] data, boolean wantsGrad) {
    this.shape = shape;
    this.data = data;
    this.wantsGrad = wantsGrad;
  }

  /**
   * A tensor of these values, which are copied.
   *
   * @throws ShapeException if there are not as many values as the shape has elements
   */
  public static Tensor of(Shape shape, float... values) {
    return wrap(shape, values.clone());
  }

  /**
   * A tensor over the caller's own array, which is not copied: whoever writes into it changes the tensor.
   *
   * @throws ShapeException if the array is not as long as the shape has elements
   */
  public static Tensor wrap(Shape shape, float[] values) {
    if (values.length != shape.elements()) {
      throw new ShapeException(
          "tensor " + shape + ": expected " + shape.elements() + " values, got " + values.length);
    }
    return new Tensor(shape, values, false);
  }

  /** A vector of these values, shape {@code [values.length]}. */
  public static Tensor vector(float... values) {
    return of(Shape.of(values.length), values);
  }

  /** A single value, shape {@code []}. */
  public static Tensor scalar(float value) {
    return of(Shape.scalar(), value);
  }

  /** Zeros. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, new float[shape.size()], false);
  }

  /** One value everywhere. */
  public static Tensor full(Shape shape, float value) {
    Tensor tensor = zeros(shape);
    Arrays.fill(tensor.data, value);
    return tensor;
  }

  /** Independent draws from the normal distribution of mean 0 and deviation 1. */
  public static Tensor normal(Shape shape, RandomSource random) {
    Tensor tensor = zeros(shape);
    for (int i = 0; i < tensor.data.length; i++) {
      tensor.data[i] = (float) random.normal();
    }
    return tensor;
  }

  /** A tensor that has a shape and no data. */
  public static Tensor symbolic(Shape shape) {
    return new Tensor(shape, null, false);
  }

  /** This leaf, from now on wanting a gradient. */
  public Tensor withGrad() {
    if (op != null) {
      throw new IllegalStateException("withGrad: this tensor was computed by " + op.name()
          + "; only a tensor that no operation made can start to want a gradient");
    }
    wantsGrad = true;
    return this;
  }

  /** The same values (the same array), cut off from what computed them: no gradient flows further back. */
  public Tensor detach() {
    return new Tensor(shape, data, false);
  }

  /** The axis lengths. */
  public final Shape shape() {
    return shape;
  }

  /** Whether there are values, not just a shape. */
  public final boolean hasData() {
    return data != null;
  }

  /** The element at these indices, one index an axis. */
  public final float get(int... index) {
    return data()[format.offset(shape, index)];
  }

  /**
   * The value of a tensor of one element.
   *
   * @throws ShapeException if there are more
   */
  public final float item() {
    if (shape.elements() != 1) {
      throw new ShapeException("item: expected one element, got shape " + shape);
    }
    return data()[0];
  }

  /** The index of the largest value, the first of several, in row-major order: the class of a vector of scores. */
  public final int argMax() {
    float[] values = format == MemoryFormat.PLAIN ? data() : logical(data());
    int best = 0;
    for (int i = 1; i < shape.size(); i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /** A copy of the values, in logical order. */
  public final float[] toArray() {
    return logical(data());
  }

  /** A copy of the gradient, in logical order, or {@code null} if no backward pass has reached this tensor. */
  public final Tensor gradient() {
    return gradWritten ? new Tensor(shape, logical(grad), false) : null;
  }

  /** Whether something has been written to the gradient since it was last forgotten. */
  public final boolean hasGradient() {
    return gradWritten;
  }

  /** Forgets the gradient: the next backward pass starts it anew instead of adding to it. */
  public final void zeroGrad() {
    gradWritten = false;
  }

  /**
   * Differentiates this single value with respect to every tensor behind it that wants a gradient. Gradients of
   * leaves are added to what they hold ({@link #zeroGrad()} clears it); those in between start anew and stay readable
   * afterwards.
   *
   * @throws ShapeException if this is more than one value
   */
  public final void backward() {
    Tape.backward(this);
  }

  /** Whether a backward pass computes a gradient here. */
  public boolean wantsGrad() {
    return wantsGrad;
  }

  /** The operation that computed this tensor, or {@code null} for a leaf. */
  public final Op op() {
    return op;
  }

  /** The inputs of {@link #op()}, in order; empty for a leaf. The array is shared: do not write into it. */
  public final Tensor[] inputs() {
    return inputs;
  }

  /** Who asked for this tensor: the name of a layer, set by the model, or {@code null}. */
  public final String label() {
    return label;
  }

  /** Sets the {@link #label()}. */
  public final void label(String label) {
    this.label = label;
  }

  /** How the values and the gradient lie in their arrays. */
  public final MemoryFormat format() {
    return format;
  }

  /**
   * For plans: from now on values and gradient are kept in this format.
   *
   * @throws IllegalStateException if there are values already
   * @throws ShapeException if the format does not go with the shape
   */
  public final void format(MemoryFormat other) {
    if (data != null || grad != null) {
      throw new IllegalStateException("tensor " + shape + ": its values are there already, in " + format + " format");
    }
    other.length(shape);
    format = other;
  }

  /**
   * How many floats of {@link #data()} and {@link #grad()} are in use: the number of elements, with padding if the
   * format pads.
   *
   * @throws ShapeException if that is more than 2^31-1
   */
  public final int length() {
    long length = format.length(shape);
    if (length > Integer.MAX_VALUE) {
      throw new ShapeException("tensor " + shape + ": at most 2147483647 values fit one Java array, got " + length
          + " in " + format + " format");
    }
    return (int) length;
  }

  private float[] logical(float[] values) {
    float[] plain = new float[shape.size()];
    format.toPlain(shape, values, plain);
    return plain;
  }

  /**
   * The raw array of values, at least as long as the tensor.
   *
   * @throws IllegalStateException if there is none
   */
  public final float[] data() {
    if (data == null) {
      throw new IllegalStateException("tensor " + shape + " has a shape and no data");
    }
    return data;
  }

  /** The raw array of the gradient, to be added into: all zeros when nothing has been written to it in this pass. */
  public final float[] grad() {
    if (claimGrad()) {
      Arrays.fill(grad, 0, length(), 0f);
    }
    return grad;
  }

  /**
   * Says that the caller is about to write the gradient. {@code true}: it is the first to do so in this pass and must
   * overwrite every element (the array holds rubbish); {@code false}: it must add.
   */
  public final boolean claimGrad() {
    if (grad == null) {
      grad = new float[length()];
    }
    boolean first = !gradWritten;
    gradWritten = true;
    return first;
  }

  /**
   * For plans: from now on the values live in this array, which may be longer than the tensor; {@code null} for none.
   */
  public final void bind(float[] values) {
    data = values;
  }

  /** For plans: from now on the gradient lives in this array, as yet unwritten. */
  public final void bindGrad(float[] values) {
    grad = values;
    gradWritten = false;
  }

  final void producedBy(Op op, Tensor[] inputs, boolean wantsGrad) {
    this.op = op;
    this.inputs = inputs;
    this.wantsGrad = wantsGrad;
  }

  /** The shape and the first values, in logical order. */
  @Override
  public String toString() {
    if (data == null) {
      return "Tensor" + shape;
    }
    StringBuilder text = new StringBuilder("Tensor").append(shape).append(" {");
    float[] values = format == MemoryFormat.PLAIN ? data : logical(data);
    for (int i = 0; i < Math.min(PRINTED, shape.size()); i++) {
      text.append(i == 0 ? "" : ", ").append(values[i]);
    }
    return text.append(shape.size() > PRINTED ? ", ...}" : "}").toString();
  }
}
