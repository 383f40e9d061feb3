package dev.fovea.core.kernels.conv;

/** An activation as a convolution sees it: a function of single values whose slope follows from its output. */
public interface Pointwise {
  /** y = f(y), in place, for n values. */
  void value(int n, float[] y, int yOffset);

  /** dz = dy * f'(z) for n values, told from y = f(z). dz may be dy. */
  void slope(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dz, int dzOffset);

  /** Whether f(z) = max(z, 0), which convolutions compute on the way. */
  default boolean isRelu() {
    return false;
  }
}
