package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;

/**
 * The six linear maps of Winograd's minimal filtering F(m x m, 3 x 3) for 3x3 filters: an {@link #outputs() m}-by-m
 * tile of outputs z is computed from the {@link #size() a}-by-a tile of inputs x above it, a = m + 2, as
 *
 * <pre>z = A^T [(G w G^T) * (B^T x B)] A</pre>
 *
 * with an elementwise product, so with a^2 multiplications in place of 9 m^2. (Lavin and Gray, "Fast algorithms for
 * convolutional neural networks", 2016.) The way back is the same three maps transposed.
 *
 * <p>Each call does one tile of one {@linkplain Blocks block} of 16 channels. On the one side is a picture: 16 floats a
 * pixel, rows {@code stride} apart. On the other are a^2 planes: 16 floats in each, {@code plane} apart. {@link
 * ScalarTransform} is the definition, {@code VectorTransform4} and {@code VectorTransform2} the same in SIMD.
 */
interface WinogradTransform {
  /** Floats of working space that each method wants in {@code lines}. */
  int LINES = 42 * Blocks.WIDTH;

  /** m, rows and columns of a tile of outputs. */
  int outputs();

  /** a, rows and columns of a tile of inputs. */
  default int size() {
    return outputs() + 2;
  }

  /** Planes: the cells of a transformed tile. */
  default int planes() {
    return size() * size();
  }

  /** v = B^T x B, x being a by a. */
  void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines);

  /** z = A^T v A + start, raised to at least {@code floor}; m by m. {@code start} has 16 floats. NaN stays NaN. */
  void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines);

  /** q = A dz A^T, dz being m by m: the transpose of {@link #output}. */
  void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines);

  /**
   * dx = B v B^T, a by a: the transpose of {@link #input}. Added to what is there in the first {@code addRows} rows
   * and, below them, in the first {@code addColumns} columns (0 or 2); overwrites elsewhere.
   */
  void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines);

  /** u = G w G^T for 16 filters side by side: w is 3 by 3 cells of 16 floats. */
  void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines);

  /** dw = G^T u G: the transpose of {@link #filter}. */
  void filterGradient(float[] u, int uOffset, int plane, float[] dw, int dwOffset, float[] lines);
}
