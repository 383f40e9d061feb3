package dev.fovea.core;

/**
 * A named tensor that a model owns: weights that are trained, or statistics that are only kept (batch normalization's
 * running mean). A frozen parameter wants no gradient.
 */
public final class Parameter extends Tensor {
  private final String name;
  private final boolean trainable;
  private boolean frozen;

  private Parameter(String name, Shape shape, float[] data, boolean trainable) {
    super(shape, data, trainable);
    this.name = name;
    this.trainable = trainable;
  }

  /**
   * A parameter over this array, which is not copied.
   *
   * @throws ShapeException if the array is not as long as the shape has elements
   */
  public static Parameter of(String name, Shape shape, float[] values, boolean trainable) {
    if (values.length != shape.elements()) {
      throw new ShapeException(
          name + " " + shape + ": expected " + shape.elements() + " values, got " + values.length);
    }
    return new Parameter(name, shape, values, trainable);
  }

  /** A parameter with a shape and no data, to infer shapes with. */
  public static Parameter symbolic(String name, Shape shape, boolean trainable) {
    return new Parameter(name, shape, null, trainable);
  }

  /** The full name in the model, such as {@code conv2d.weight}. */
  public String name() {
    return name;
  }

  /**
   * Whether training changes this parameter by its gradient, unless it is frozen. Running statistics are not
   * trainable.
   */
  public boolean trainable() {
    return trainable && !frozen;
  }

  /** Stops or resumes training of this parameter. */
  public void freeze(boolean frozen) {
    this.frozen = frozen;
  }

  /** Whether {@link #freeze} holds this parameter. */
  public boolean frozen() {
    return frozen;
  }

  @Override
  public boolean wantsGrad() {
    return trainable();
  }

  /**
   * Overwrites the values.
   *
   * @throws ShapeException if there are not as many as the shape has elements
   */
  public void set(float... values) {
    if (values.length != shape().elements()) {
      throw new ShapeException(
          name + " " + shape() + ": expected " + shape().elements() + " values, got " + values.length);
    }
    System.arraycopy(values, 0, data(), 0, values.length);
  }

  @Override
  public String toString() {
    return name + " " + super.toString();
  }
}
