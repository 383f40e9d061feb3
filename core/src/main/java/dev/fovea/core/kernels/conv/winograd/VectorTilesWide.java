package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of {@link WinogradProducts} for machines with 32 vector registers (AVX-512): up to 24 accumulators in
 * local variables, written out by hand and with direct calls only, or C2 keeps the vectors in memory. (12 by 2 vectors
 * do 24 multiply-adds for 14 loads; 8 by 2 do what 12 leave over.)
 */
final class VectorTilesWide {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  private static final int PANEL = WinogradProducts.PANEL;

  private VectorTilesWide() {}

  /** 12 tiles by 2 vectors of output channels, which go to {@code first} and {@code second}. */
  static void multiply12(int blocks, float[] v, int vOffset, int block, float[] u, int uOffset,
      float[] m, int first, int second) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector b2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector b3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector b4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector b5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector b6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    FloatVector b7 = FloatVector.zero(S);
    FloatVector a8 = FloatVector.zero(S);
    FloatVector b8 = FloatVector.zero(S);
    FloatVector a9 = FloatVector.zero(S);
    FloatVector b9 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector b10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector b11 = FloatVector.zero(S);
    int vi = vOffset;
    int ui = uOffset;
    for (int c = 0; c < blocks; c++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        FloatVector ua = FloatVector.fromArray(S, u, ui + lane * PANEL);
        FloatVector ub = FloatVector.fromArray(S, u, ui + lane * PANEL + L);
        FloatVector x = FloatVector.broadcast(S, v[vi + lane]);
        a0 = ua.fma(x, a0);
        b0 = ub.fma(x, b0);
        x = FloatVector.broadcast(S, v[vi + lane + WIDTH]);
        a1 = ua.fma(x, a1);
        b1 = ub.fma(x, b1);
        x = FloatVector.broadcast(S, v[vi + lane + 2 * WIDTH]);
        a2 = ua.fma(x, a2);
        b2 = ub.fma(x, b2);
        x = FloatVector.broadcast(S, v[vi + lane + 3 * WIDTH]);
        a3 = ua.fma(x, a3);
        b3 = ub.fma(x, b3);
        x = FloatVector.broadcast(S, v[vi + lane + 4 * WIDTH]);
        a4 = ua.fma(x, a4);
        b4 = ub.fma(x, b4);
        x = FloatVector.broadcast(S, v[vi + lane + 5 * WIDTH]);
        a5 = ua.fma(x, a5);
        b5 = ub.fma(x, b5);
        x = FloatVector.broadcast(S, v[vi + lane + 6 * WIDTH]);
        a6 = ua.fma(x, a6);
        b6 = ub.fma(x, b6);
        x = FloatVector.broadcast(S, v[vi + lane + 7 * WIDTH]);
        a7 = ua.fma(x, a7);
        b7 = ub.fma(x, b7);
        x = FloatVector.broadcast(S, v[vi + lane + 8 * WIDTH]);
        a8 = ua.fma(x, a8);
        b8 = ub.fma(x, b8);
        x = FloatVector.broadcast(S, v[vi + lane + 9 * WIDTH]);
        a9 = ua.fma(x, a9);
        b9 = ub.fma(x, b9);
        x = FloatVector.broadcast(S, v[vi + lane + 10 * WIDTH]);
        a10 = ua.fma(x, a10);
        b10 = ub.fma(x, b10);
        x = FloatVector.broadcast(S, v[vi + lane + 11 * WIDTH]);
        a11 = ua.fma(x, a11);
        b11 = ub.fma(x, b11);
      }
      vi += block;
      ui += WIDTH * PANEL;
    }
    a0.intoArray(m, first);
    b0.intoArray(m, second);
    a1.intoArray(m, first + WIDTH);
    b1.intoArray(m, second + WIDTH);
    a2.intoArray(m, first + 2 * WIDTH);
    b2.intoArray(m, second + 2 * WIDTH);
    a3.intoArray(m, first + 3 * WIDTH);
    b3.intoArray(m, second + 3 * WIDTH);
    a4.intoArray(m, first + 4 * WIDTH);
    b4.intoArray(m, second + 4 * WIDTH);
    a5.intoArray(m, first + 5 * WIDTH);
    b5.intoArray(m, second + 5 * WIDTH);
    a6.intoArray(m, first + 6 * WIDTH);
    b6.intoArray(m, second + 6 * WIDTH);
    a7.intoArray(m, first + 7 * WIDTH);
    b7.intoArray(m, second + 7 * WIDTH);
    a8.intoArray(m, first + 8 * WIDTH);
    b8.intoArray(m, second + 8 * WIDTH);
    a9.intoArray(m, first + 9 * WIDTH);
    b9.intoArray(m, second + 9 * WIDTH);
    a10.intoArray(m, first + 10 * WIDTH);
    b10.intoArray(m, second + 10 * WIDTH);
    a11.intoArray(m, first + 11 * WIDTH);
    b11.intoArray(m, second + 11 * WIDTH);
  }

  /** 8 tiles by 2 vectors. */
  static void multiply8(int blocks, float[] v, int vOffset, int block, float[] u, int uOffset,
      float[] m, int first, int second) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector b0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector b1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector b2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector b3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector b4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector b5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector b6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    FloatVector b7 = FloatVector.zero(S);
    int vi = vOffset;
    int ui = uOffset;
    for (int c = 0; c < blocks; c++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        FloatVector ua = FloatVector.fromArray(S, u, ui + lane * PANEL);
        FloatVector ub = FloatVector.fromArray(S, u, ui + lane * PANEL + L);
        FloatVector x = FloatVector.broadcast(S, v[vi + lane]);
        a0 = ua.fma(x, a0);
        b0 = ub.fma(x, b0);
        x = FloatVector.broadcast(S, v[vi + lane + WIDTH]);
        a1 = ua.fma(x, a1);
        b1 = ub.fma(x, b1);
        x = FloatVector.broadcast(S, v[vi + lane + 2 * WIDTH]);
        a2 = ua.fma(x, a2);
        b2 = ub.fma(x, b2);
        x = FloatVector.broadcast(S, v[vi + lane + 3 * WIDTH]);
        a3 = ua.fma(x, a3);
        b3 = ub.fma(x, b3);
        x = FloatVector.broadcast(S, v[vi + lane + 4 * WIDTH]);
        a4 = ua.fma(x, a4);
        b4 = ub.fma(x, b4);
        x = FloatVector.broadcast(S, v[vi + lane + 5 * WIDTH]);
        a5 = ua.fma(x, a5);
        b5 = ub.fma(x, b5);
        x = FloatVector.broadcast(S, v[vi + lane + 6 * WIDTH]);
        a6 = ua.fma(x, a6);
        b6 = ub.fma(x, b6);
        x = FloatVector.broadcast(S, v[vi + lane + 7 * WIDTH]);
        a7 = ua.fma(x, a7);
        b7 = ub.fma(x, b7);
      }
      vi += block;
      ui += WIDTH * PANEL;
    }
    a0.intoArray(m, first);
    b0.intoArray(m, second);
    a1.intoArray(m, first + WIDTH);
    b1.intoArray(m, second + WIDTH);
    a2.intoArray(m, first + 2 * WIDTH);
    b2.intoArray(m, second + 2 * WIDTH);
    a3.intoArray(m, first + 3 * WIDTH);
    b3.intoArray(m, second + 3 * WIDTH);
    a4.intoArray(m, first + 4 * WIDTH);
    b4.intoArray(m, second + 4 * WIDTH);
    a5.intoArray(m, first + 5 * WIDTH);
    b5.intoArray(m, second + 5 * WIDTH);
    a6.intoArray(m, first + 6 * WIDTH);
    b6.intoArray(m, second + 6 * WIDTH);
    a7.intoArray(m, first + 7 * WIDTH);
    b7.intoArray(m, second + 7 * WIDTH);
  }

  /** 8 input channels by 2 vectors of output channels, at {@code first} and {@code second} of q. */
  static void accumulate8(int tiles, float[] v, int vOffset, float[] q, int first, int second,
      float[] du, int duOffset) {
    FloatVector a0 = FloatVector.fromArray(S, du, duOffset);
    FloatVector b0 = FloatVector.fromArray(S, du, duOffset + L);
    FloatVector a1 = FloatVector.fromArray(S, du, duOffset + PANEL);
    FloatVector b1 = FloatVector.fromArray(S, du, duOffset + PANEL + L);
    FloatVector a2 = FloatVector.fromArray(S, du, duOffset + 2 * PANEL);
    FloatVector b2 = FloatVector.fromArray(S, du, duOffset + 2 * PANEL + L);
    FloatVector a3 = FloatVector.fromArray(S, du, duOffset + 3 * PANEL);
    FloatVector b3 = FloatVector.fromArray(S, du, duOffset + 3 * PANEL + L);
    FloatVector a4 = FloatVector.fromArray(S, du, duOffset + 4 * PANEL);
    FloatVector b4 = FloatVector.fromArray(S, du, duOffset + 4 * PANEL + L);
    FloatVector a5 = FloatVector.fromArray(S, du, duOffset + 5 * PANEL);
    FloatVector b5 = FloatVector.fromArray(S, du, duOffset + 5 * PANEL + L);
    FloatVector a6 = FloatVector.fromArray(S, du, duOffset + 6 * PANEL);
    FloatVector b6 = FloatVector.fromArray(S, du, duOffset + 6 * PANEL + L);
    FloatVector a7 = FloatVector.fromArray(S, du, duOffset + 7 * PANEL);
    FloatVector b7 = FloatVector.fromArray(S, du, duOffset + 7 * PANEL + L);
    int vi = vOffset;
    int fi = first;
    int si = second;
    for (int tile = 0; tile < tiles; tile++) {
      FloatVector qa = FloatVector.fromArray(S, q, fi);
      FloatVector qb = FloatVector.fromArray(S, q, si);
      FloatVector x = FloatVector.broadcast(S, v[vi]);
      a0 = qa.fma(x, a0);
      b0 = qb.fma(x, b0);
      x = FloatVector.broadcast(S, v[vi + 1]);
      a1 = qa.fma(x, a1);
      b1 = qb.fma(x, b1);
      x = FloatVector.broadcast(S, v[vi + 2]);
      a2 = qa.fma(x, a2);
      b2 = qb.fma(x, b2);
      x = FloatVector.broadcast(S, v[vi + 3]);
      a3 = qa.fma(x, a3);
      b3 = qb.fma(x, b3);
      x = FloatVector.broadcast(S, v[vi + 4]);
      a4 = qa.fma(x, a4);
      b4 = qb.fma(x, b4);
      x = FloatVector.broadcast(S, v[vi + 5]);
      a5 = qa.fma(x, a5);
      b5 = qb.fma(x, b5);
      x = FloatVector.broadcast(S, v[vi + 6]);
      a6 = qa.fma(x, a6);
      b6 = qb.fma(x, b6);
      x = FloatVector.broadcast(S, v[vi + 7]);
      a7 = qa.fma(x, a7);
      b7 = qb.fma(x, b7);
      vi += WIDTH;
      fi += WIDTH;
      si += WIDTH;
    }
    a0.intoArray(du, duOffset);
    b0.intoArray(du, duOffset + L);
    a1.intoArray(du, duOffset + PANEL);
    b1.intoArray(du, duOffset + PANEL + L);
    a2.intoArray(du, duOffset + 2 * PANEL);
    b2.intoArray(du, duOffset + 2 * PANEL + L);
    a3.intoArray(du, duOffset + 3 * PANEL);
    b3.intoArray(du, duOffset + 3 * PANEL + L);
    a4.intoArray(du, duOffset + 4 * PANEL);
    b4.intoArray(du, duOffset + 4 * PANEL + L);
    a5.intoArray(du, duOffset + 5 * PANEL);
    b5.intoArray(du, duOffset + 5 * PANEL + L);
    a6.intoArray(du, duOffset + 6 * PANEL);
    b6.intoArray(du, duOffset + 6 * PANEL + L);
    a7.intoArray(du, duOffset + 7 * PANEL);
    b7.intoArray(du, duOffset + 7 * PANEL + L);
  }
}
