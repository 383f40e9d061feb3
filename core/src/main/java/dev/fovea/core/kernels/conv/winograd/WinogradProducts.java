package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;

/**
 * The products of Winograd's algorithm: for one of the planes of the transformed tiles, a small matrix product over the
 * channels or over the tiles. Pieces of a plane are 16 channels of a tile; the tiles of a block of channels follow each
 * other, the blocks are {@code block} floats apart. Filters are in panels of {@value #PANEL} output channels: {@value
 * #PANEL} floats for each input channel.
 */
interface WinogradProducts {
  /** Output channels of a panel: two blocks. */
  int PANEL = 2 * Blocks.WIDTH;

  /** The number of tiles, at least so many, that {@link #multiply} can do. */
  int roundUp(int tiles);

  /**
   * m[tile][o] = the sum over input channels c of v[tile][c] * u[c][o], for both blocks of a panel or the first one.
   *
   * @param width {@value #PANEL} or, for the first block alone, half of it
   * @param tiles a number that {@link #roundUp} gave
   * @param blocks of input channels
   */
  void multiply(int width, int tiles, int blocks, float[] v, int vOffset, float[] u, int uOffset, float[] m,
      int mOffset, int block);

  /**
   * du[c][o] += the sum over tiles of v[tile][c] * q[tile][o], for one block c and both blocks o of a panel or the
   * first one.
   *
   * @param width {@value #PANEL} or, for the first block alone, half of it
   */
  void accumulate(int width, int tiles, float[] v, int vOffset, float[] q, int qOffset, int block, float[] du,
      int duOffset);
}
