package dev.fovea.optim;

import dev.fovea.core.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A penalty on large weights, which is added to the loss:
 *
 * <pre>
 * penalty = l1 * sum |w| + l2 * sum w^2
 * gradient = l1 * sign(w) + 2 * l2 * w
 * </pre>
 *
 * <p>Keras' formula: without a half in front of l2, so that {@code Regularizer.l2(c)} is PyTorch's weight decay of 2 c.
 * With an optimizer that scales gradients the penalty is scaled, too; a decay that is not is {@link AdamW}'s.
 *
 * <p>Unless {@linkplain #on said otherwise} it concerns the kernels of convolutions and dense layers, which are the
 * parameters with two axes or more: neither biases nor what a normalization scales and shifts by (of one axis, or, for
 * one that has a value for every element, of the shape of the bias beside it). Frozen parameters have no penalty.
 */
public final class Regularizer {
  private static final String NAME = "regularizer";
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  private final double l1;
  private final double l2;
  /** Which parameters, by name; {@code null} for the kernels. */
  private final Predicate<String> names;

  private Regularizer(double l1, double l2, Predicate<String> names) {
    Settings.atLeastZero(NAME, "l1", l1);
    Settings.atLeastZero(NAME, "l2", l2);
    this.l1 = l1;
    this.l2 = l2;
    this.names = names;
  }

  /**
   * Makes many weights 0, or nearly so.
   *
   * @throws IllegalArgumentException if the factor is below 0 or not finite
   */
  public static Regularizer l1(double l1) {
    return new Regularizer(l1, 0, null);
  }

  /**
   * Makes large weights small.
   *
   * @throws IllegalArgumentException if the factor is below 0 or not finite
   */
  public static Regularizer l2(double l2) {
    return new Regularizer(0, l2, null);
  }

  /**
   * Both.
   *
   * @throws IllegalArgumentException if a factor is below 0 or not finite
   */
  public static Regularizer l1l2(double l1, double l2) {
    return new Regularizer(l1, l2, null);
  }

  /** The same for the parameters of these names, whatever they are: {@code on(name -> name.startsWith("dense"))}. */
  public Regularizer on(Predicate<String> names) {
    if (names == null) {
      throw new IllegalArgumentException(NAME + ": expected which names, got null");
    }
    return new Regularizer(l1, l2, names);
  }

  /** The factor of the sum of absolute values. */
  public double l1() {
    return l1;
  }

  /** The factor of the sum of squares. */
  public double l2() {
    return l2;
  }

  /** Those of these parameters, the whole of a model's, that it concerns, frozen ones among them. */
  public List<Parameter> among(List<Parameter> parameters) {
    Map<String, Parameter> byName = new HashMap<>();
    parameters.forEach(parameter -> byName.put(parameter.name(), parameter));
    return parameters.stream()
        .filter(parameter -> names == null ? isKernel(parameter, byName) : names.test(parameter.name())).toList();
  }

  private static boolean isKernel(Parameter parameter, Map<String, Parameter> byName) {
    String name = parameter.name();
    if (parameter.shape().rank() < 2 || name.endsWith(BIAS)) {
      return false;
    }
    // A normalization over all axes: its scale and its shift are alike.
    Parameter bias = name.endsWith(WEIGHT)
        ? byName.get(name.substring(0, name.length() - WEIGHT.length()) + BIAS) : null;
    return bias == null || !bias.shape().equals(parameter.shape());
  }

  /** The code that makes these settings, as far as it can be printed. */
  @Override
  public String toString() {
    String text = l1 == 0 ? "Regularizer.l2(" + l2 + ")"
        : l2 == 0 ? "Regularizer.l1(" + l1 + ")" : "Regularizer.l1l2(" + l1 + ", " + l2 + ")";
    return names == null ? text : text + ".on(...)";
  }
}
