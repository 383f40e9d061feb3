package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link VectorTile} with 5 rows, for products of few rows: two of these make 10, as many as digits have classes. */
final class VectorLowTile {
  static final int ROWS = 5;
  private static final VectorSpecies<Float> S = VectorKernels.S;
  private static final int L = S.length();

  private VectorLowTile() {}

  /** {@link VectorTile#multiply}. */
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
  }
}
