package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorTilesWide} for half a panel: one vector of output channels. A load more for each multiply-add, but there
 * are two of them for one; a whole panel would multiply zeros half of the time.
 */
final class VectorTilesHalf {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int WIDTH = Blocks.WIDTH;
  private static final int PANEL = WinogradProducts.PANEL;

  private VectorTilesHalf() {}

  /** 12 tiles by 1 vector of output channels, which goes to {@code first}. */
  static void multiply12(int blocks, float[] v, int vOffset, int block, float[] u, int uOffset,
      float[] m, int first) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    FloatVector a8 = FloatVector.zero(S);
    FloatVector a9 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    int vi = vOffset;
    int ui = uOffset;
    for (int c = 0; c < blocks; c++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        FloatVector w = FloatVector.fromArray(S, u, ui + lane * PANEL);
        a0 = w.fma(FloatVector.broadcast(S, v[vi + lane]), a0);
        a1 = w.fma(FloatVector.broadcast(S, v[vi + lane + WIDTH]), a1);
        a2 = w.fma(FloatVector.broadcast(S, v[vi + lane + 2 * WIDTH]), a2);
        a3 = w.fma(FloatVector.broadcast(S, v[vi + lane + 3 * WIDTH]), a3);
        a4 = w.fma(FloatVector.broadcast(S, v[vi + lane + 4 * WIDTH]), a4);
        a5 = w.fma(FloatVector.broadcast(S, v[vi + lane + 5 * WIDTH]), a5);
        a6 = w.fma(FloatVector.broadcast(S, v[vi + lane + 6 * WIDTH]), a6);
        a7 = w.fma(FloatVector.broadcast(S, v[vi + lane + 7 * WIDTH]), a7);
        a8 = w.fma(FloatVector.broadcast(S, v[vi + lane + 8 * WIDTH]), a8);
        a9 = w.fma(FloatVector.broadcast(S, v[vi + lane + 9 * WIDTH]), a9);
        a10 = w.fma(FloatVector.broadcast(S, v[vi + lane + 10 * WIDTH]), a10);
        a11 = w.fma(FloatVector.broadcast(S, v[vi + lane + 11 * WIDTH]), a11);
      }
      vi += block;
      ui += WIDTH * PANEL;
    }
    a0.intoArray(m, first);
    a1.intoArray(m, first + WIDTH);
    a2.intoArray(m, first + 2 * WIDTH);
    a3.intoArray(m, first + 3 * WIDTH);
    a4.intoArray(m, first + 4 * WIDTH);
    a5.intoArray(m, first + 5 * WIDTH);
    a6.intoArray(m, first + 6 * WIDTH);
    a7.intoArray(m, first + 7 * WIDTH);
    a8.intoArray(m, first + 8 * WIDTH);
    a9.intoArray(m, first + 9 * WIDTH);
    a10.intoArray(m, first + 10 * WIDTH);
    a11.intoArray(m, first + 11 * WIDTH);
  }

  /** 8 tiles by 1 vector. */
  static void multiply8(int blocks, float[] v, int vOffset, int block, float[] u, int uOffset,
      float[] m, int first) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    int vi = vOffset;
    int ui = uOffset;
    for (int c = 0; c < blocks; c++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        FloatVector w = FloatVector.fromArray(S, u, ui + lane * PANEL);
        a0 = w.fma(FloatVector.broadcast(S, v[vi + lane]), a0);
        a1 = w.fma(FloatVector.broadcast(S, v[vi + lane + WIDTH]), a1);
        a2 = w.fma(FloatVector.broadcast(S, v[vi + lane + 2 * WIDTH]), a2);
        a3 = w.fma(FloatVector.broadcast(S, v[vi + lane + 3 * WIDTH]), a3);
        a4 = w.fma(FloatVector.broadcast(S, v[vi + lane + 4 * WIDTH]), a4);
        a5 = w.fma(FloatVector.broadcast(S, v[vi + lane + 5 * WIDTH]), a5);
        a6 = w.fma(FloatVector.broadcast(S, v[vi + lane + 6 * WIDTH]), a6);
        a7 = w.fma(FloatVector.broadcast(S, v[vi + lane + 7 * WIDTH]), a7);
      }
      vi += block;
      ui += WIDTH * PANEL;
    }
    a0.intoArray(m, first);
    a1.intoArray(m, first + WIDTH);
    a2.intoArray(m, first + 2 * WIDTH);
    a3.intoArray(m, first + 3 * WIDTH);
    a4.intoArray(m, first + 4 * WIDTH);
    a5.intoArray(m, first + 5 * WIDTH);
    a6.intoArray(m, first + 6 * WIDTH);
    a7.intoArray(m, first + 7 * WIDTH);
  }

  /** 16 input channels by 1 vector of output channels, at {@code first} of q. */
  static void accumulate16(int tiles, float[] v, int vOffset, float[] q, int first, float[] du, int duOffset) {
    FloatVector a0 = FloatVector.fromArray(S, du, duOffset);
    FloatVector a1 = FloatVector.fromArray(S, du, duOffset + PANEL);
    FloatVector a2 = FloatVector.fromArray(S, du, duOffset + 2 * PANEL);
    FloatVector a3 = FloatVector.fromArray(S, du, duOffset + 3 * PANEL);
    FloatVector a4 = FloatVector.fromArray(S, du, duOffset + 4 * PANEL);
    FloatVector a5 = FloatVector.fromArray(S, du, duOffset + 5 * PANEL);
    FloatVector a6 = FloatVector.fromArray(S, du, duOffset + 6 * PANEL);
    FloatVector a7 = FloatVector.fromArray(S, du, duOffset + 7 * PANEL);
    FloatVector a8 = FloatVector.fromArray(S, du, duOffset + 8 * PANEL);
    FloatVector a9 = FloatVector.fromArray(S, du, duOffset + 9 * PANEL);
    FloatVector a10 = FloatVector.fromArray(S, du, duOffset + 10 * PANEL);
    FloatVector a11 = FloatVector.fromArray(S, du, duOffset + 11 * PANEL);
    FloatVector a12 = FloatVector.fromArray(S, du, duOffset + 12 * PANEL);
    FloatVector a13 = FloatVector.fromArray(S, du, duOffset + 13 * PANEL);
    FloatVector a14 = FloatVector.fromArray(S, du, duOffset + 14 * PANEL);
    FloatVector a15 = FloatVector.fromArray(S, du, duOffset + 15 * PANEL);
    int vi = vOffset;
    int fi = first;
    for (int tile = 0; tile < tiles; tile++) {
      FloatVector g = FloatVector.fromArray(S, q, fi);
      a0 = g.fma(FloatVector.broadcast(S, v[vi]), a0);
      a1 = g.fma(FloatVector.broadcast(S, v[vi + 1]), a1);
      a2 = g.fma(FloatVector.broadcast(S, v[vi + 2]), a2);
      a3 = g.fma(FloatVector.broadcast(S, v[vi + 3]), a3);
      a4 = g.fma(FloatVector.broadcast(S, v[vi + 4]), a4);
      a5 = g.fma(FloatVector.broadcast(S, v[vi + 5]), a5);
      a6 = g.fma(FloatVector.broadcast(S, v[vi + 6]), a6);
      a7 = g.fma(FloatVector.broadcast(S, v[vi + 7]), a7);
      a8 = g.fma(FloatVector.broadcast(S, v[vi + 8]), a8);
      a9 = g.fma(FloatVector.broadcast(S, v[vi + 9]), a9);
      a10 = g.fma(FloatVector.broadcast(S, v[vi + 10]), a10);
      a11 = g.fma(FloatVector.broadcast(S, v[vi + 11]), a11);
      a12 = g.fma(FloatVector.broadcast(S, v[vi + 12]), a12);
      a13 = g.fma(FloatVector.broadcast(S, v[vi + 13]), a13);
      a14 = g.fma(FloatVector.broadcast(S, v[vi + 14]), a14);
      a15 = g.fma(FloatVector.broadcast(S, v[vi + 15]), a15);
      vi += WIDTH;
      fi += WIDTH;
    }
    a0.intoArray(du, duOffset);
    a1.intoArray(du, duOffset + PANEL);
    a2.intoArray(du, duOffset + 2 * PANEL);
    a3.intoArray(du, duOffset + 3 * PANEL);
    a4.intoArray(du, duOffset + 4 * PANEL);
    a5.intoArray(du, duOffset + 5 * PANEL);
    a6.intoArray(du, duOffset + 6 * PANEL);
    a7.intoArray(du, duOffset + 7 * PANEL);
    a8.intoArray(du, duOffset + 8 * PANEL);
    a9.intoArray(du, duOffset + 9 * PANEL);
    a10.intoArray(du, duOffset + 10 * PANEL);
    a11.intoArray(du, duOffset + 11 * PANEL);
    a12.intoArray(du, duOffset + 12 * PANEL);
    a13.intoArray(du, duOffset + 13 * PANEL);
    a14.intoArray(du, duOffset + 14 * PANEL);
    a15.intoArray(du, duOffset + 15 * PANEL);
  }
}
