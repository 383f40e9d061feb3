package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;

/** The products in SIMD: register tiles of two sizes, so that they cover a number of tiles with little left over. */
final class VectorProducts implements WinogradProducts {
  private static final int L = VectorWidth.SPECIES.length();
  private static final int WIDTH = Blocks.WIDTH;
  /** Vectors of 512 bits come with 32 registers, narrower ones, on most machines, with 16. */
  private static final boolean WIDE = L == WIDTH;
  private static final int TALL = WIDE ? 12 : 6;
  private static final int LOW = WIDE ? 8 : 4;

  VectorProducts() {}

  /** Every multiple of TALL - LOW from LOW on is a sum of the two. */
  @Override
  public int roundUp(int tiles) {
    int unit = TALL - LOW;
    return Math.max(LOW, (tiles + unit - 1) / unit * unit);
  }

  @Override
  public void multiply(int width, int tiles, int blocks, float[] v, int vOffset, float[] u, int uOffset, float[] m,
      int mOffset, int block) {
    // 12 a + 8 b = 4 n (and 6 a + 4 b = 2 n) with as few b as can be: 0, 1 or 2
    int low = (TALL - tiles % TALL) % TALL / (TALL - LOW);
    int tallTiles = tiles - low * LOW;
    if (WIDE && width < PANEL) {
      multiplyHalf(tallTiles, tiles, blocks, v, vOffset, u, uOffset, m, mOffset, block);
      return;
    }
    for (int lane = 0; lane < width; lane += 2 * L) {
      int first = mOffset + lane / WIDTH * block + lane % WIDTH;
      int second = mOffset + (lane + L) / WIDTH * block + (lane + L) % WIDTH;
      for (int tile = 0; tile < tallTiles; tile += TALL) {
        int at = tile * WIDTH;
        if (WIDE) {
          VectorTilesWide.multiply12(blocks, v, vOffset + at, block, u, uOffset + lane, m, first + at, second + at);
        } else {
          VectorTilesNarrow.multiply6(blocks, v, vOffset + at, block, u, uOffset + lane, m, first + at, second + at);
        }
      }
      for (int tile = tallTiles; tile < tiles; tile += LOW) {
        int at = tile * WIDTH;
        if (WIDE) {
          VectorTilesWide.multiply8(blocks, v, vOffset + at, block, u, uOffset + lane, m, first + at, second + at);
        } else {
          VectorTilesNarrow.multiply4(blocks, v, vOffset + at, block, u, uOffset + lane, m, first + at, second + at);
        }
      }
    }
  }

  private static void multiplyHalf(int tallTiles, int tiles, int blocks, float[] v, int vOffset, float[] u, int uOffset,
      float[] m, int mOffset, int block) {
    for (int tile = 0; tile < tallTiles; tile += TALL) {
      int at = tile * WIDTH;
      VectorTilesHalf.multiply12(blocks, v, vOffset + at, block, u, uOffset, m, mOffset + at);
    }
    for (int tile = tallTiles; tile < tiles; tile += LOW) {
      int at = tile * WIDTH;
      VectorTilesHalf.multiply8(blocks, v, vOffset + at, block, u, uOffset, m, mOffset + at);
    }
  }

  @Override
  public void accumulate(int width, int tiles, float[] v, int vOffset, float[] q, int qOffset, int block, float[] du,
      int duOffset) {
    if (WIDE && width < PANEL) {
      VectorTilesHalf.accumulate16(tiles, v, vOffset, q, qOffset, du, duOffset);
      return;
    }
    int rows = WIDE ? 8 : 4;
    for (int lane = 0; lane < width; lane += 2 * L) {
      int first = qOffset + lane / WIDTH * block + lane % WIDTH;
      int second = qOffset + (lane + L) / WIDTH * block + (lane + L) % WIDTH;
      for (int c = 0; c < WIDTH; c += rows) {
        if (WIDE) {
          VectorTilesWide.accumulate8(tiles, v, vOffset + c, q, first, second, du, duOffset + c * PANEL + lane);
        } else {
          VectorTilesNarrow.accumulate4(tiles, v, vOffset + c, q, first, second, du, duOffset + c * PANEL + lane);
        }
      }
    }
  }
}
