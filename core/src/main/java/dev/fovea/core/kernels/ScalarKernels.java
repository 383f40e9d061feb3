package dev.fovea.core.kernels;

/**
 * The definition of every kernel, in plain Java. Used where the Vector API is missing, and as what its twin is tested
 * against.
 */
public final class ScalarKernels implements Kernels {
  /** Sums keep this many partial sums, as lanes of a vector would, added up as a tree. */
  private static final int LANES = 8;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int tileRows() {
    return ScalarTile.ROWS;
  }

  @Override
  public int tileRows(int rows) {
    return tileRows();
  }

  @Override
  public int tileColumns() {
    return ScalarTile.COLUMNS;
  }

  @Override
  public void gemmTile(int rows, int columns, int depth, float[] a, int aOffset, int aRow, int aStep,
      float[] b, int bOffset, int bStride, float[] c, int cOffset, int cStride, boolean add) {
    ScalarTile.multiply(rows, columns, depth, a, aOffset, aRow, aStep, b, bOffset, bStride, c, cOffset, cStride, add);
  }

  @Override
  public boolean tileReadsRows() {
    return true;
  }

  @Override
  public int dotLimit() {
    return 1;
  }

  @Override
  public int dotColumns() {
    return DOTS;
  }

  @Override
  public int dotSize() {
    return DOTS;
  }

  @Override
  public void dotTile(int columns, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    for (int j = 0; j < columns; j++) {
      dotRow(depth, b, bOffset + j * bStride, DOTS, a, aOffset, aStride, sums, sumsOffset + j * DOTS);
    }
  }

  @Override
  public void dotRow(int depth, float[] x, int xOffset, int lines, float[] b, int bOffset, int bStride,
      float[] sums, int sumsOffset) {
    for (int i = 0; i < lines; i++) {
      sums[sumsOffset + i] = dot(depth, x, xOffset, b, bOffset + i * bStride);
    }
  }

  @Override
  public void foldDots(int columns, float[] sums, int sumsOffset, float[] c, int cOffset, int cStride, boolean add) {
    for (int i = 0; i < DOTS; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = sums[sumsOffset + j * DOTS + i];
        int to = cOffset + i * cStride + j;
        c[to] = add ? c[to] + sum : sum;
      }
    }
  }

  @Override
  public void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
    }
  }

  @Override
  public void multiply(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, boolean add) {
    if (add) {
      for (int i = 0; i < n; i++) {
        y[yOffset + i] += a[aOffset + i] * b[bOffset + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = a[aOffset + i] * b[bOffset + i];
      }
    }
  }

  @Override
  public void scale(int n, float factor, float[] x, int xOffset, float[] y, int yOffset, boolean add) {
    if (add) {
      for (int i = 0; i < n; i++) {
        y[yOffset + i] += factor * x[xOffset + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yOffset + i] = factor * x[xOffset + i];
      }
    }
  }

  @Override
  public void affine(int n, float factor, float offset, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = factor * x[xOffset + i] + offset;
    }
  }

  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.max(x[xOffset + i], 0f);
    }
  }

  @Override
  public void reluGrad(int n, float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, boolean add) {
    for (int i = 0; i < n; i++) {
      float g = y[yOffset + i] > 0 ? dy[dyOffset + i] : 0f;
      dx[dxOffset + i] = add ? dx[dxOffset + i] + g : g;
    }
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    float[] lane = new float[LANES];
    for (int i = 0; i < n; i++) {
      lane[i % LANES] += x[xOffset + i];
    }
    return tree(lane);
  }

  @Override
  public float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
    float[] lane = new float[LANES];
    int whole = n - n % LANES;
    dotLanes(whole, a, aOffset, b, bOffset, lane);
    for (int i = whole; i < n; i++) {
      lane[i % LANES] += a[aOffset + i] * b[bOffset + i];
    }
    return tree(lane);
  }

  /** Written out, so that the sums stay in registers. */
  private static void dotLanes(int n, float[] a, int aOffset, float[] b, int bOffset, float[] lane) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int i = aOffset, j = bOffset; i < aOffset + n; i += LANES, j += LANES) {
      s0 += a[i] * b[j];
      s1 += a[i + 1] * b[j + 1];
      s2 += a[i + 2] * b[j + 2];
      s3 += a[i + 3] * b[j + 3];
      s4 += a[i + 4] * b[j + 4];
      s5 += a[i + 5] * b[j + 5];
      s6 += a[i + 6] * b[j + 6];
      s7 += a[i + 7] * b[j + 7];
    }
    lane[0] = s0;
    lane[1] = s1;
    lane[2] = s2;
    lane[3] = s3;
    lane[4] = s4;
    lane[5] = s5;
    lane[6] = s6;
    lane[7] = s7;
  }

  @Override
  public float squaredDistance(int n, float center, float[] x, int xOffset) {
    float[] lane = new float[LANES];
    for (int i = 0; i < n; i++) {
      float d = x[xOffset + i] - center;
      lane[i % LANES] += d * d;
    }
    return tree(lane);
  }

  @Override
  public float centeredDot(int n, float center, float[] a, int aOffset, float[] b, int bOffset) {
    float[] lane = new float[LANES];
    for (int i = 0; i < n; i++) {
      lane[i % LANES] += (a[aOffset + i] - center) * b[bOffset + i];
    }
    return tree(lane);
  }

  private static float tree(float[] lane) {
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
  }

  /** In four sums side by side, which do not wait for each other. */
  @Override
  public double sumOfSquares(int n, float[] x, int xOffset) {
    return squares(n, x, xOffset);
  }

  /** In eight sums side by side, which do not wait for each other. */
  static double squares(int n, float[] x, int xOffset) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int end = xOffset + n - n % 8;
    for (int i = xOffset; i < end; i += 8) {
      a += (double) x[i] * x[i];
      b += (double) x[i + 1] * x[i + 1];
      c += (double) x[i + 2] * x[i + 2];
      d += (double) x[i + 3] * x[i + 3];
      e += (double) x[i + 4] * x[i + 4];
      f += (double) x[i + 5] * x[i + 5];
      g += (double) x[i + 6] * x[i + 6];
      h += (double) x[i + 7] * x[i + 7];
    }
    double rest = 0;
    for (int i = end; i < xOffset + n; i++) {
      rest += (double) x[i] * x[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h)) + rest;
  }

  @Override
  public boolean finite(int n, float[] x, int xOffset) {
    for (int i = xOffset; i < xOffset + n; i++) {
      if (!Float.isFinite(x[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void exp(int n, float shift, float[] x, int xOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatMath.exp(x[xOffset + i] - shift);
    }
  }
}
