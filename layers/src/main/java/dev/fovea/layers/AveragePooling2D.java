package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;

/**
 * The mean under a window that slides over each channel, {@code [N, C, H, W]} to {@code [N, C, H', W']}. Cells in the
 * padding are left out of the mean, as in Keras and TensorFlow; {@link #withPaddingCounted()} counts them as zeros, as
 * PyTorch does unless told otherwise.
 *
 * @param window kernel, stride, dilation and padding
 * @param countPadding whether cells in the padding count
 */
public record AveragePooling2D(Window2D window, boolean countPadding) implements Layer {
  /** Checks the settings. */
  public AveragePooling2D {
    Settings.present("average_pooling2d", "a window", window);
  }

  /** A square kernel; the stride is the kernel, so that windows do not overlap. */
  public static AveragePooling2D of(int kernel) {
    return of(kernel, kernel);
  }

  /** A kernel of this height and width; the strides are the same. */
  public static AveragePooling2D of(int kernelHeight, int kernelWidth) {
    return new AveragePooling2D(Window2D.of(kernelHeight, kernelWidth).withStride(kernelHeight, kernelWidth), false);
  }

  /** This layer with another stride, the same for both axes. */
  public AveragePooling2D withStride(int stride) {
    return new AveragePooling2D(window.withStride(stride), countPadding);
  }

  /** This layer with other strides. */
  public AveragePooling2D withStride(int height, int width) {
    return new AveragePooling2D(window.withStride(height, width), countPadding);
  }

  /** This layer with another padding. */
  public AveragePooling2D withPadding(Padding padding) {
    return new AveragePooling2D(window.withPadding(padding), countPadding);
  }

  /** This layer with cells in the padding counted as zeros. */
  public AveragePooling2D withPaddingCounted() {
    return new AveragePooling2D(window, true);
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.averagePool2d(input, window, countPadding);
  }

  @Override
  public String toString() {
    return "AveragePooling2D.of(" + Settings.pair(window.kernelHeight(), window.kernelWidth()) + ")"
        + Settings.withers(window, window.kernelHeight(), window.kernelWidth())
        + (countPadding ? ".withPaddingCounted()" : "");
  }
}
