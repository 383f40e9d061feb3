package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorTile} for 16 vector registers, as machines with vectors of 128 and 256 bits have them: 6 rows by 2
 * vectors make 12 accumulators, and leave room for 2 vectors of B and one broadcast value of A.
 */
final class VectorNarrowTile {
  static final int ROWS = 6;
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final int L = S.length();

  private VectorNarrowTile() {}

  /**
   * C = start + A B over a whole tile. Row i of {@code start} begins at {@code startOffset + i * startStride}: C itself
   * to add to it, a row of zeros with stride 0 to overwrite it, so that no branch stands around the stores.
   */
  static void multiply(int depth, float[] a, int aOffset, int aStep, float[] b, int bOffset, int bStride,
      float[] start, int startOffset, int startStride, float[] c, int cOffset, int cStride) {
    FloatVector x0 = FloatVector.zero(S);
    FloatVector y0 = FloatVector.zero(S);
    FloatVector x1 = FloatVector.zero(S);
    FloatVector y1 = FloatVector.zero(S);
    FloatVector x2 = FloatVector.zero(S);
    FloatVector y2 = FloatVector.zero(S);
    FloatVector x3 = FloatVector.zero(S);
    FloatVector y3 = FloatVector.zero(S);
    FloatVector x4 = FloatVector.zero(S);
    FloatVector y4 = FloatVector.zero(S);
    FloatVector x5 = FloatVector.zero(S);
    FloatVector y5 = FloatVector.zero(S);
    int ai = aOffset;
    int bi = bOffset;
    for (int p = 0; p < depth; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, bi);
      FloatVector by = FloatVector.fromArray(S, b, bi + L);
      FloatVector v = FloatVector.broadcast(S, a[ai]);
      x0 = bx.fma(v, x0);
      y0 = by.fma(v, y0);
      v = FloatVector.broadcast(S, a[ai + 1]);
      x1 = bx.fma(v, x1);
      y1 = by.fma(v, y1);
      v = FloatVector.broadcast(S, a[ai + 2]);
      x2 = bx.fma(v, x2);
      y2 = by.fma(v, y2);
      v = FloatVector.broadcast(S, a[ai + 3]);
      x3 = bx.fma(v, x3);
      y3 = by.fma(v, y3);
      v = FloatVector.broadcast(S, a[ai + 4]);
      x4 = bx.fma(v, x4);
      y4 = by.fma(v, y4);
      v = FloatVector.broadcast(S, a[ai + 5]);
      x5 = bx.fma(v, x5);
      y5 = by.fma(v, y5);
      ai += aStep;
      bi += bStride;
    }
    int si = startOffset;
    int ci = cOffset;
    x0.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y0.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
    si += startStride;
    ci += cStride;
    x1.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y1.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
    si += startStride;
    ci += cStride;
    x2.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y2.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
    si += startStride;
    ci += cStride;
    x3.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y3.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
    si += startStride;
    ci += cStride;
    x4.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y4.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
    si += startStride;
    ci += cStride;
    x5.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y5.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
  }
}
