package dev.fovea.layers;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of each channel by itself, then one with kernel 1 that mixes the channels, {@code [N, C, H, W]} to
 * {@code [N, filters, H', W']}: nearly what {@link Conv2D} can do, with far fewer parameters (Chollet 2017). As Keras'
 * {@code SeparableConv2D}: nothing stands between the two, stride, padding and dilation belong to the first, bias and
 * activation to the second.
 *
 * <p>Parameters: depthwise_weight {@code [C * multiplier, 1, kernel height, kernel width]}, pointwise_weight {@code
 * [filters, C * multiplier, 1, 1]} (Keras' depthwise_kernel and pointwise_kernel), bias {@code [filters]}.
 *
 * @param filters output channels
 * @param multiplier channels that the first convolution makes of each input channel, Keras' depth_multiplier
 * @param window kernel, stride, dilation and padding of the first
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param initializer what both weights start as; the bias starts at 0
 */
public record SeparableConv2D(int filters, int multiplier, Window2D window, boolean useBias, Activation activation,
    Initializer initializer) implements Layer {
  /** Checks the settings. */
  public SeparableConv2D {
    Settings.atLeastOne("separable_conv2d", "filters", filters);
    Settings.atLeastOne("separable_conv2d", "multiplier", multiplier);
    Settings.present("separable_conv2d", "a window", window);
    Settings.present("separable_conv2d", "an activation", activation);
    Settings.present("separable_conv2d", "an initializer", initializer);
  }

  /** A square kernel, stride 1, no padding, with bias and no activation. */
  public static SeparableConv2D of(int filters, int kernel) {
    return of(filters, kernel, kernel);
  }

  /** A kernel of this height and width; otherwise as {@link #of(int, int)}. */
  public static SeparableConv2D of(int filters, int kernelHeight, int kernelWidth) {
    return new SeparableConv2D(
        filters, 1, Window2D.of(kernelHeight, kernelWidth), true, Activation.LINEAR, Initializer.GLOROT_UNIFORM);
  }

  /** This layer with so many channels between the two convolutions for each input channel. */
  public SeparableConv2D withMultiplier(int other) {
    return new SeparableConv2D(filters, other, window, useBias, activation, initializer);
  }

  /** This layer with another window. */
  public SeparableConv2D withWindow(Window2D other) {
    return new SeparableConv2D(filters, multiplier, other, useBias, activation, initializer);
  }

  /** This layer with another stride, the same for both axes. */
  public SeparableConv2D withStride(int stride) {
    return withWindow(window.withStride(stride));
  }

  /** This layer with other strides. */
  public SeparableConv2D withStride(int height, int width) {
    return withWindow(window.withStride(height, width));
  }

  /** This layer with another padding. */
  public SeparableConv2D withPadding(Padding padding) {
    return withWindow(window.withPadding(padding));
  }

  /** This layer with another dilation, the same for both axes. */
  public SeparableConv2D withDilation(int dilation) {
    return withWindow(window.withDilation(dilation));
  }

  /** This layer with other dilations. */
  public SeparableConv2D withDilation(int height, int width) {
    return withWindow(window.withDilation(height, width));
  }

  /** This layer without its bias. */
  public SeparableConv2D withoutBias() {
    return new SeparableConv2D(filters, multiplier, window, false, activation, initializer);
  }

  /** This layer with another activation. */
  public SeparableConv2D withActivation(Activation other) {
    return new SeparableConv2D(filters, multiplier, window, useBias, other, initializer);
  }

  /** This layer with another initializer for the weights. */
  public SeparableConv2D withInitializer(Initializer other) {
    return new SeparableConv2D(filters, multiplier, window, useBias, activation, other);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Settings.pictures("separable_conv2d", input);
    int between = Settings.multiplied("separable_conv2d", input.dim(0), multiplier);
    List<ParameterSpec> specs = new ArrayList<>(List.of(
        ParameterSpec.of(
            "depthwise_weight", Shape.of(between, 1, window.kernelHeight(), window.kernelWidth()), initializer),
        ParameterSpec.of("pointwise_weight", Shape.of(filters, between, 1, 1), initializer)));
    if (useBias) {
      specs.add(ParameterSpec.of("bias", Shape.of(filters), Initializer.ZEROS));
    }
    return specs;
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    Tensor between =
        Ops.conv2d(input, parameters.get("depthwise_weight"), null, window, input.shape().dim(1));
    Tensor bias = useBias ? parameters.get("bias") : null;
    return activation.forward(
        Ops.conv2d(between, parameters.get("pointwise_weight"), bias, Window2D.of(1)), parameters, pass);
  }

  @Override
  public String toString() {
    return "SeparableConv2D.of(" + filters + ", " + Settings.pair(window.kernelHeight(), window.kernelWidth()) + ")"
        + (multiplier == 1 ? "" : ".withMultiplier(" + multiplier + ")") + Settings.withers(window, 1, 1)
        + (useBias ? "" : ".withoutBias()") + Settings.wither(activation) + Settings.wither(initializer);
  }
}
