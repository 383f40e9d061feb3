package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.List;

/**
 * A 2-D convolution, {@code [N, C, H, W]} to {@code [N, filters, H', W']}. Parameters: weight {@code [filters, C /
 * groups, kernel height, kernel width]} as in PyTorch, bias {@code [filters]}. The number of channels follows from the
 * input.
 *
 * @param filters channels of the output
 * @param window kernel, stride, dilation and padding
 * @param groups the channels fall into so many groups, and so do the filters; each sees its own group
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param initializer what the weight starts as; the bias starts at 0
 */
public record Conv2D(int filters, Window2D window, int groups, boolean useBias, Activation activation,
    Initializer initializer) implements Layer {
  /** Checks the settings. */
  public Conv2D {
    Settings.atLeastOne("conv2d", "filters", filters);
    Settings.present("conv2d", "a window", window);
    Settings.atLeastOne("conv2d", "groups", groups);
    Settings.present("conv2d", "an activation", activation);
    Settings.present("conv2d", "an initializer", initializer);
    if (filters % groups != 0) {
      throw new IllegalArgumentException("conv2d: " + filters + " filters do not fall into " + groups + " groups");
    }
  }

  /** A square kernel, stride 1, no padding, with bias and no activation. */
  public static Conv2D of(int filters, int kernel) {
    return of(filters, kernel, kernel);
  }

  /** A kernel of this height and width, stride 1, no padding, with bias and no activation. */
  public static Conv2D of(int filters, int kernelHeight, int kernelWidth) {
    return new Conv2D(filters, Window2D.of(kernelHeight, kernelWidth), 1, true, Activation.LINEAR,
        Initializer.GLOROT_UNIFORM);
  }

  /** This layer with another window. */
  public Conv2D withWindow(Window2D other) {
    return new Conv2D(filters, other, groups, useBias, activation, initializer);
  }

  /** This layer with another stride, the same for both axes. */
  public Conv2D withStride(int stride) {
    return withWindow(window.withStride(stride));
  }

  /** This layer with other strides. */
  public Conv2D withStride(int height, int width) {
    return withWindow(window.withStride(height, width));
  }

  /** This layer with another padding. */
  public Conv2D withPadding(Padding padding) {
    return withWindow(window.withPadding(padding));
  }

  /** This layer with another dilation, the same for both axes. */
  public Conv2D withDilation(int dilation) {
    return withWindow(window.withDilation(dilation));
  }

  /** This layer with other dilations. */
  public Conv2D withDilation(int height, int width) {
    return withWindow(window.withDilation(height, width));
  }

  /** This layer in groups. */
  public Conv2D withGroups(int other) {
    return new Conv2D(filters, window, other, useBias, activation, initializer);
  }

  /** This layer without its bias. */
  public Conv2D withoutBias() {
    return new Conv2D(filters, window, groups, false, activation, initializer);
  }

  /** This layer with another activation. */
  public Conv2D withActivation(Activation other) {
    return new Conv2D(filters, window, groups, useBias, other, initializer);
  }

  /** This layer with another initializer for the weight. */
  public Conv2D withInitializer(Initializer other) {
    return new Conv2D(filters, window, groups, useBias, activation, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Settings.pictures("conv2d", input);
    if (input.dim(0) % groups != 0) {
      throw new ShapeException("conv2d: " + input.dim(0) + " channels do not fall into " + groups + " groups, input "
          + input);
    }
    ParameterSpec weight = ParameterSpec.of("weight",
        Shape.of(filters, input.dim(0) / groups, window.kernelHeight(), window.kernelWidth()), initializer);
    return useBias
        ? List.of(weight, ParameterSpec.of("bias", Shape.of(filters), Initializer.ZEROS)) : List.of(weight);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Tensor bias = useBias ? parameters.get("bias") : null;
    return activation.forward(Ops.conv2d(input, parameters.get("weight"), bias, window, groups), parameters, pass);
  }

  @Override
  public String toString() {
    return "Conv2D.of(" + filters + ", " + Settings.pair(window.kernelHeight(), window.kernelWidth()) + ")"
        + Settings.withers(window, 1, 1) + (groups == 1 ? "" : ".withGroups(" + groups + ")")
        + (useBias ? "" : ".withoutBias()") + Settings.wither(activation) + Settings.wither(initializer);
  }
}
