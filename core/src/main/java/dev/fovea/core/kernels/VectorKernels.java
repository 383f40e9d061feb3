package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels with the Vector API. Elementwise ones give the very bits of {@link ScalarKernels} (same multiplications
 * and additions, none fused); sums and products differ in the last places, since they have more lanes and fuse.
 *
 * <p>Avoided, because measured to give other bits before and after compilation: transcendental {@code lanewise} and
 * {@code reduceLanes}. Lanes are added up as a tree written out in {@link VectorSums#tree}.
 *
 * <p>In a loop no vector is given to a method of our own, however short and often repeated: once such a method has been
 * compiled by itself, C2 may find it too big to put in its callers' place, and every vector then becomes an object.
 */
final class VectorKernels implements Kernels {
  static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();
  /** Elements a call of an inner method: few, so that it is called often and soon compiled. */
  private static final int CHUNK = 512;

  VectorKernels() {}

  @Override
  public String name() {
    return "vector-" + S.vectorBitSize();
  }

  @Override
  public int tileRows() {
    return VectorGemm.ROWS;
  }

  @Override
  public int tileRows(int rows) {
    return VectorGemm.rows(rows);
  }

  @Override
  public int tileColumns() {
    return VectorGemm.COLUMNS;
  }

  @Override
  public void gemmTile(int rows, int columns, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] c, int cOffset, int cStride, boolean add) {
    VectorGemm.tile(rows, columns, depth, a, aOffset, aRow, aStep, b, bOffset, bStride, c, cOffset, cStride, add);
  }

  @Override
  public boolean tileReadsRows() {
    return VectorGemm.WIDE;
  }

  @Override
  public int dotLimit() {
    return VectorGemm.DOT_LIMIT;
  }

  @Override
  public int dotColumns() {
    return VectorGemm.WIDE ? VectorDots.WIDEST : DOTS;
  }

  @Override
  public int dotSize() {
    return L;
  }

  @Override
  public void dotTile(int columns, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    if (columns == VectorDots.WIDEST) {
      VectorDots.five(depth, a, aOffset, aStride, b, bOffset, bStride, sums, sumsOffset);
    } else {
      VectorDots.four(depth, a, aOffset, aStride, b, bOffset, bStride, sums, sumsOffset);
    }
  }

  @Override
  public void dotRow(int depth, float[] x, int xOffset, int lines, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    VectorDotRow.multiply(depth, x, xOffset, lines, b, bOffset, bStride, sums, sumsOffset);
  }

  @Override
  public void foldDots(int columns, float[] sums, int sumsOffset, float[] c, int cOffset, int cStride, boolean add) {
    VectorFold.fold(columns, sums, sumsOffset, c, cOffset, cStride, add);
  }

  @Override
  public void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, a, aOffset + i).add(FloatVector.fromArray(S, b, bOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
    }
  }

  @Override
  public void multiply(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, boolean add) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector product = FloatVector.fromArray(S, a, aOffset + i).mul(FloatVector.fromArray(S, b, bOffset + i));
      (add ? FloatVector.fromArray(S, y, yOffset + i).add(product) : product).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      float product = a[aOffset + i] * b[bOffset + i];
      y[yOffset + i] = add ? y[yOffset + i] + product : product;
    }
  }

  @Override
  public void scale(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector product = FloatVector.fromArray(S, x, xOffset + i).mul(factor);
      (add ? FloatVector.fromArray(S, y, yOffset + i).add(product) : product).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      float product = factor * x[xOffset + i];
      y[yOffset + i] = add ? y[yOffset + i] + product : product;
    }
  }

  @Override
  public void affine(int n, float factor, float offset, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, x, xOffset + i).mul(factor).add(offset).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = factor * x[xOffset + i] + offset;
    }
  }

  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
      // Not max(v, 0), which costs extra work for NaN: what compares at most 0 becomes 0, NaN compares as nothing.
      v.blend(0f, v.compare(VectorOperators.LE, 0f)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i], 0f);
    }
  }

  @Override
  public void reluGrad(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    FloatVector zero = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - L; i += L) {
      VectorMask<Float> passes = FloatVector.fromArray(S, y, yOffset + i).compare(VectorOperators.GT, 0f);
      FloatVector g = zero.blend(FloatVector.fromArray(S, dy, dyOffset + i), passes);
      (add ? FloatVector.fromArray(S, dx, dxOffset + i).add(g) : g).intoArray(dx, dxOffset + i);
    }
    for (; i < n; i++) {
      float g = y[yOffset + i] > 0 ? dy[dyOffset + i] : 0f;
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    return VectorSums.sum(n, x, xOffset);
  }

  @Override
  public float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
    return VectorSums.dot(n, a, aOffset, b, bOffset);
  }

  @Override
  public float squaredDistance(int n, float center, float[] x, int xOffset) {
    return VectorSums.squaredDistance(n, center, x, xOffset);
  }

  @Override
  public float centeredDot(int n, float center, float[] a, int aOffset, float[] b, int bOffset) {
    return VectorSums.centeredDot(n, center, a, aOffset, b, bOffset);
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xOffset) {
    return VectorSquares.sum(n, x, xOffset);
  }

  @Override
  public boolean finite(int n, float[] x, int xOffset) {
    float sum = 0;
    for (int i = 0; i < n; i += CHUNK) {
      sum += zeros(Math.min(CHUNK, n - i), x, xOffset + i);
    }
    return sum == 0;
  }

  /** The sum of 0 * x: each 0 for a finite number and NaN for another, which no addition mends. */
  private static float zeros(int n, float[] x, int xOffset) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector a = zero;
    FloatVector b = zero;
    int i = 0;
    for (; i <= n - 2 * L; i += 2 * L) {
      a = FloatVector.fromArray(S, x, xOffset + i).fma(zero, a);
      b = FloatVector.fromArray(S, x, xOffset + i + L).fma(zero, b);
    }
    float sum = VectorSums.tree(a.add(b));
    for (; i < n; i++) {
      sum += 0 * x[xOffset + i];
    }
    return sum;
  }

  /**
   * {@link FloatMath#exp}, lane by lane. In one method and with its constants as vectors, so that C2, which counts
   * nodes, does not give up on inlining and box every vector.
   */
  @Override
  public void exp(int n, float shift, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector start = FloatVector.broadcast(S, shift);
    FloatVector log2e = FloatVector.broadcast(S, FloatMath.LOG2E);
    FloatVector round = FloatVector.broadcast(S, FloatMath.ROUND);
    FloatVector ln2High = FloatVector.broadcast(S, FloatMath.LN2_HIGH);
    FloatVector ln2Low = FloatVector.broadcast(S, FloatMath.LN2_LOW);
    FloatVector p0 = FloatVector.broadcast(S, FloatMath.P0);
    FloatVector p1 = FloatVector.broadcast(S, FloatMath.P1);
    FloatVector p2 = FloatVector.broadcast(S, FloatMath.P2);
    FloatVector p3 = FloatVector.broadcast(S, FloatMath.P3);
    FloatVector p4 = FloatVector.broadcast(S, FloatMath.P4);
    FloatVector p5 = FloatVector.broadcast(S, FloatMath.P5);
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector least = FloatVector.broadcast(S, FloatMath.EXP_MIN);
    FloatVector most = FloatVector.broadcast(S, FloatMath.EXP_MAX);
    FloatVector zero = FloatVector.zero(S);
    FloatVector infinity = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    IntVector half = IntVector.broadcast(I, 126 << 23);
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xOffset + i).sub(start);
      FloatVector rounded = v.mul(log2e).add(round);
      FloatVector whole = rounded.sub(round);
      FloatVector r = v.sub(whole.mul(ln2High)).sub(whole.mul(ln2Low));
      FloatVector p = p5.mul(r).add(p4).mul(r).add(p3).mul(r).add(p2).mul(r).add(p1).mul(r).add(p0);
      FloatVector e = p.mul(r).mul(r).add(r).add(one);
      IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(half);
      e.add(e).mul(power.reinterpretAsFloats())
          .blend(zero, v.compare(VectorOperators.LT, least))
          .blend(infinity, v.compare(VectorOperators.GT, most))
          .intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] = FloatMath.exp(x[xOffset + i] - shift);
    }
  }
}
