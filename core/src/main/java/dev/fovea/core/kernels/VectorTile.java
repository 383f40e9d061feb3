package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of the matrix product where there are 32 vector registers: 8 rows by 2 vectors of C, held in 16
 * accumulators while the depth goes by. Each step loads 2 vectors of B, broadcasts 8 values of A and does 16 fused
 * multiply-adds.
 *
 * <p>Written out by hand, and with direct calls only: in a method of this size C2 gives up inlining helpers, and a
 * vector that crosses a call is boxed.
 */
final class VectorTile {
  static final int ROWS = 8;
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final int L = S.length();

  private VectorTile() {}

  /**
   * C = start + A B over a whole tile. Row i of {@code start} begins at {@code startOffset + i * startStride}: C itself
   * to add to it, a row of zeros with stride 0 to overwrite it, so that no branch stands around the stores.
   */
  static void multiply(int depth, float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bStride,
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
    FloatVector x6 = FloatVector.zero(S);
    FloatVector y6 = FloatVector.zero(S);
    FloatVector x7 = FloatVector.zero(S);
    FloatVector y7 = FloatVector.zero(S);
    int ai = aOffset;
    int bi = bOffset;
    for (int p = 0; p < depth; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, bi);
      FloatVector by = FloatVector.fromArray(S, b, bi + L);
      int row = ai;
      FloatVector v = FloatVector.broadcast(S, a[row]);
      x0 = bx.fma(v, x0);
      y0 = by.fma(v, y0);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x1 = bx.fma(v, x1);
      y1 = by.fma(v, y1);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x2 = bx.fma(v, x2);
      y2 = by.fma(v, y2);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x3 = bx.fma(v, x3);
      y3 = by.fma(v, y3);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x4 = bx.fma(v, x4);
      y4 = by.fma(v, y4);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x5 = bx.fma(v, x5);
      y5 = by.fma(v, y5);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x6 = bx.fma(v, x6);
      y6 = by.fma(v, y6);
      row += aRow;
      v = FloatVector.broadcast(S, a[row]);
      x7 = bx.fma(v, x7);
      y7 = by.fma(v, y7);
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
    si += startStride;
    ci += cStride;
    x6.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y6.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
    si += startStride;
    ci += cStride;
    x7.add(FloatVector.fromArray(S, start, si)).intoArray(c, ci);
    y7.add(FloatVector.fromArray(S, start, si + L)).intoArray(c, ci + L);
  }
}
