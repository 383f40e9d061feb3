package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;

/** The four of the maps of {@link WinogradTransform} that are between pictures and planes, for tiles of one size. */
interface TileTransform {
  /** Floats of working space that each method wants in {@code lines}. */
  int LINES = 42 * Blocks.WIDTH;

  /** Rows of a tile of outputs. A tile of inputs has two more. */
  int outputRows();

  /** Columns of a tile of outputs. A tile of inputs has two more. */
  int outputColumns();

  /** v = B^T x B, x being a tile of inputs. */
  void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines);

  /**
   * z = A^T v A + start, raised to at least {@code floor}; a tile of outputs. {@code start} has 16 floats. NaN stays
   * NaN.
   */
  void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines);

  /** q = A dz A^T, dz being a tile of outputs: the transpose of {@link #output}. */
  void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines);

  /**
   * dx = B v B^T, a tile of inputs: the transpose of {@link #input}. Added to what is there in the first {@code
   * addRows} rows and, below them, in the first {@code addColumns} columns (0 or 2); overwrites elsewhere.
   */
  void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines);
}
