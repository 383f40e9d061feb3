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
interface WinogradTransform extends TileTransform {
  /** Rows or columns of outputs of a tile that is low there. */
  int LOW = 2;

  /** m, rows and columns of a tile of outputs. */
  default int outputs() {
    return outputRows();
  }

  /** a, rows and columns of a tile of inputs. */
  default int size() {
    return outputs() + 2;
  }

  /** Planes: the cells of a transformed tile. */
  default int planes() {
    return size() * size();
  }

  /**
   * The maps of tiles at an edge that have 2 rows or columns of outputs, or both, where others have m: those of F(2, 3)
   * for four of the same points, 0, 1, -1 and infinity, and scaled so that the filters' pieces of these points serve
   * both. Their pieces are in those planes only.
   *
   * @return {@code null} if m is 2
   */
  TileTransform edge(boolean lowRows, boolean lowColumns);

  /** u = G w G^T for 16 filters side by side: w is 3 by 3 cells of 16 floats. */
  void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines);

  /**
   * dw = G^T u G: the transpose of {@link #filter}. In place: the 9 cells of dw, row by row, lie in the first 9 planes
   * afterwards.
   */
  void filterGradient(float[] u, int uOffset, int plane, float[] lines);
}
