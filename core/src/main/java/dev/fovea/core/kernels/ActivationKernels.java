package dev.fovea.core.kernels;

/**
 * Activation functions over stretches of an array; x and y may be the same place. {@link ScalarActivations} is the
 * definition, {@code VectorActivations} gives its very bits with the Vector API.
 */
public interface ActivationKernels {
  /** The kernels in use. */
  static ActivationKernels get() {
    return Chosen.KERNELS;
  }

  /** y = {@link FloatMath#sigmoid} of x. */
  void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** y = {@link FloatMath#tanh} of x. */
  void tanh(int n, float[] x, int xOffset, float[] y, int yOffset);

  /** y = x above 0, slope * x elsewhere. */
  void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset);

  /** dx (+)= dy where y is above 0, slope * dy elsewhere. */
  void leakyReluGrad(int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
      boolean add);

  /** Chosen when first asked for. */
  final class Chosen {
    private static final ActivationKernels KERNELS = KernelChoice.twin(
        new ScalarActivations(), ActivationKernels.class, "dev.fovea.core.kernels.VectorActivations");

    private Chosen() {}
  }
}
