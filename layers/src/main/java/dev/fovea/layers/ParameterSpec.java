package dev.fovea.layers;

import dev.fovea.core.Shape;

/**
 * A parameter that a layer asks for: everything about it but its values.
 *
 * @param name the name within the layer, {@code weight}; nested ones carry their scope, {@code body.conv2d.weight}
 * @param shape the axis lengths
 * @param initializer what the values start as
 * @param trainable whether training changes it by its gradient; running statistics are not trainable
 */
public record ParameterSpec(String name, Shape shape, Initializer initializer, boolean trainable) {
  /** Checks that nothing is missing. */
  public ParameterSpec {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "parameter: expected a name, got " + (name == null ? "null" : "\"" + name + "\""));
    }
    if (shape == null || initializer == null) {
      throw new IllegalArgumentException(
          "parameter " + name + ": expected a shape and an initializer, got " + shape + " and " + initializer);
    }
  }

  /** A trainable parameter. */
  public static ParameterSpec of(String name, Shape shape, Initializer initializer) {
    return new ParameterSpec(name, shape, initializer, true);
  }

  /** A parameter that is kept and not trained. */
  public static ParameterSpec statistic(String name, Shape shape, Initializer initializer) {
    return new ParameterSpec(name, shape, initializer, false);
  }

  /** This parameter under a scope: {@code weight} in {@code conv2d} is {@code conv2d.weight}. */
  public ParameterSpec in(String scope) {
    return new ParameterSpec(scope + "." + name, shape, initializer, trainable);
  }
}
