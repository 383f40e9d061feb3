package dev.fovea.layers;

import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.core.ops.Window2D;

/**
 * The largest value under a window that slides over each channel, {@code [N, C, H, W]} to {@code [N, C, H', W']}.
 * Padding never wins.
 *
 * @param window kernel, stride, dilation and padding
 */
public record MaxPooling2D(Window2D window) implements Layer {
  /** Checks the settings. */
  public MaxPooling2D {
    Settings.present("max_pooling2d", "a window", window);
  }

  /** A square kernel; the stride is the kernel, so that windows do not overlap. */
  public static MaxPooling2D of(int kernel) {
    return of(kernel, kernel);
  }

  /** A kernel of this height and width; the strides are the same. */
  public static MaxPooling2D of(int kernelHeight, int kernelWidth) {
    return new MaxPooling2D(Window2D.of(kernelHeight, kernelWidth).withStride(kernelHeight, kernelWidth));
  }

  /** This layer with another stride, the same for both axes. */
  public MaxPooling2D withStride(int stride) {
    return new MaxPooling2D(window.withStride(stride));
  }

  /** This layer with other strides. */
  public MaxPooling2D withStride(int height, int width) {
    return new MaxPooling2D(window.withStride(height, width));
  }

  /** This layer with another padding. */
  public MaxPooling2D withPadding(Padding padding) {
    return new MaxPooling2D(window.withPadding(padding));
  }

  @Override
  public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
    return Ops.maxPool2d(input, window);
  }

  @Override
  public String toString() {
    return "MaxPooling2D.of(" + Settings.pair(window.kernelHeight(), window.kernelWidth()) + ")"
        + Settings.withers(window, window.kernelHeight(), window.kernelWidth());
  }
}
