package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.List;

/**
 * A convolution of each channel by itself, {@code [N, C, H, W]} to {@code [N, C * multiplier, H', W']}; channel c gives
 * the output channels c * multiplier and following. Parameters: weight {@code [C * multiplier, 1, kernel height, kernel
 * width]}, bias {@code [C * multiplier]}.
 *
 * @param multiplier output channels for each input channel
 * @param window kernel, stride, dilation and padding
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param initializer what the weight starts as; the bias starts at 0
 */
public record DepthwiseConv2D(int multiplier, Window2D window, boolean useBias, Activation activation,
    Initializer initializer) implements Layer {
  /** Checks the settings. */
  public DepthwiseConv2D {
    Settings.atLeastOne("depthwise_conv2d", "multiplier", multiplier);
    Settings.present("depthwise_conv2d", "a window", window);
    Settings.present("depthwise_conv2d", "an activation", activation);
    Settings.present("depthwise_conv2d", "an initializer", initializer);
  }

  /** A square kernel, one output channel for each input channel, stride 1, no padding, with bias and no activation. */
  public static DepthwiseConv2D of(int kernel) {
    return of(kernel, kernel);
  }

  /** A kernel of this height and width; otherwise as {@link #of(int)}. */
  public static DepthwiseConv2D of(int kernelHeight, int kernelWidth) {
    return new DepthwiseConv2D(
        1, Window2D.of(kernelHeight, kernelWidth), true, Activation.LINEAR, Initializer.GLOROT_UNIFORM);
  }

  /** This layer with so many output channels for each input channel. */
  public DepthwiseConv2D withMultiplier(int other) {
    return new DepthwiseConv2D(other, window, useBias, activation, initializer);
  }

  /** This layer with another window. */
  public DepthwiseConv2D withWindow(Window2D other) {
    return new DepthwiseConv2D(multiplier, other, useBias, activation, initializer);
  }

  /** This layer with another stride, the same for both axes. */
  public DepthwiseConv2D withStride(int stride) {
    return withWindow(window.withStride(stride));
  }

  /** This layer with other strides. */
  public DepthwiseConv2D withStride(int height, int width) {
    return withWindow(window.withStride(height, width));
  }

  /** This layer with another padding. */
  public DepthwiseConv2D withPadding(Padding padding) {
    return withWindow(window.withPadding(padding));
  }

  /** This layer with another dilation, the same for both axes. */
  public DepthwiseConv2D withDilation(int dilation) {
    return withWindow(window.withDilation(dilation));
  }

  /** This layer with other dilations. */
  public DepthwiseConv2D withDilation(int height, int width) {
    return withWindow(window.withDilation(height, width));
  }

  /** This layer without its bias. */
  public DepthwiseConv2D withoutBias() {
    return new DepthwiseConv2D(multiplier, window, false, activation, initializer);
  }

  /** This layer with another activation. */
  public DepthwiseConv2D withActivation(Activation other) {
    return new DepthwiseConv2D(multiplier, window, useBias, other, initializer);
  }

  /** This layer with another initializer for the weight. */
  public DepthwiseConv2D withInitializer(Initializer other) {
    return new DepthwiseConv2D(multiplier, window, useBias, activation, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Settings.pictures("depthwise_conv2d", input);
    int filters = Settings.multiplied("depthwise_conv2d", input.dim(0), multiplier);
    ParameterSpec weight = ParameterSpec.of(
        "weight", Shape.of(filters, 1, window.kernelHeight(), window.kernelWidth()), initializer);
    return useBias
        ? List.of(weight, ParameterSpec.of("bias", Shape.of(filters), Initializer.ZEROS)) : List.of(weight);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    int groups = input.shape().dim(1);
    Tensor bias = useBias ? parameters.get("bias") : null;
    return activation.forward(Ops.conv2d(input, parameters.get("weight"), bias, window, groups), parameters, pass);
  }

  @Override
  public String toString() {
    return "DepthwiseConv2D.of(" + Settings.pair(window.kernelHeight(), window.kernelWidth()) + ")"
        + (multiplier == 1 ? "" : ".withMultiplier(" + multiplier + ")") + Settings.withers(window, 1, 1)
        + (useBias ? "" : ".withoutBias()") + Settings.wither(activation) + Settings.wither(initializer);
  }
}
