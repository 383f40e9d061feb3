package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The register tile of the matrix product in SIMD: 8 rows by 2 vectors of C, held in 16 accumulators while the depth
 * goes by. Each step loads 2 vectors of B, broadcasts 8 values of A and does 16 fused multiply-adds.
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
   * As {@link Kernels#gemmTile}. Adding is a method of its own, since a branch around the stores cost a
   * deoptimization.
   */
  static void overwrite(int depth, float[] a, int aOffset, float[] b, int bOffset,
      float[] c, int cOffset, int cStride) {
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
      v = FloatVector.broadcast(S, a[ai + 6]);
      x6 = bx.fma(v, x6);
      y6 = by.fma(v, y6);
      v = FloatVector.broadcast(S, a[ai + 7]);
      x7 = bx.fma(v, x7);
      y7 = by.fma(v, y7);
      ai += ROWS;
      bi += 2 * L;
    }
    int ci = cOffset;
    x0.intoArray(c, ci);
    y0.intoArray(c, ci + L);
    ci += cStride;
    x1.intoArray(c, ci);
    y1.intoArray(c, ci + L);
    ci += cStride;
    x2.intoArray(c, ci);
    y2.intoArray(c, ci + L);
    ci += cStride;
    x3.intoArray(c, ci);
    y3.intoArray(c, ci + L);
    ci += cStride;
    x4.intoArray(c, ci);
    y4.intoArray(c, ci + L);
    ci += cStride;
    x5.intoArray(c, ci);
    y5.intoArray(c, ci + L);
    ci += cStride;
    x6.intoArray(c, ci);
    y6.intoArray(c, ci + L);
    ci += cStride;
    x7.intoArray(c, ci);
    y7.intoArray(c, ci + L);
  }

  /** The same, added to what stands in C. */
  static void add(int depth, float[] a, int aOffset, float[] b, int bOffset,
      float[] c, int cOffset, int cStride) {
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
      v = FloatVector.broadcast(S, a[ai + 6]);
      x6 = bx.fma(v, x6);
      y6 = by.fma(v, y6);
      v = FloatVector.broadcast(S, a[ai + 7]);
      x7 = bx.fma(v, x7);
      y7 = by.fma(v, y7);
      ai += ROWS;
      bi += 2 * L;
    }
    int ci = cOffset;
    x0.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y0.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x1.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y1.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x2.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y2.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x3.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y3.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x4.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y4.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x5.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y5.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x6.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y6.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
    ci += cStride;
    x7.add(FloatVector.fromArray(S, c, ci)).intoArray(c, ci);
    y7.add(FloatVector.fromArray(S, c, ci + L)).intoArray(c, ci + L);
  }
}
