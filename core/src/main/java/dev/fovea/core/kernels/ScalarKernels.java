package dev.fovea.core.kernels;

/**
 * The definition of every kernel, in plain Java. Used where the Vector API is missing, and as what its twin is tested
 * against.
 */
public final class ScalarKernels implements Kernels {
  private static final int ROWS = 4;
  private static final int COLUMNS = 8;
  /** Sums keep this many partial sums, as lanes of a vector would, added up as a tree. */
  private static final int LANES = 8;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int tileRows() {
    return ROWS;
  }

  @Override
  public int tileColumns() {
    return COLUMNS;
  }

  @Override
  public void gemmTile(int depth, float[] a, int aOffset, float[] b, int bOffset,
      float[] c, int cOffset, int cStride, boolean add) {
    for (int i = 0; i < ROWS; i++) {
      gemmRow(depth, a, aOffset + i, b, bOffset, c, cOffset + i * cStride, add);
    }
  }

  private static void gemmRow(int depth, float[] a, int aOffset, float[] b, int bOffset,
      float[] c, int cOffset, boolean add) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int p = 0; p < depth; p++) {
      float x = a[aOffset + p * ROWS];
      int j = bOffset + p * COLUMNS;
      s0 += x * b[j];
      s1 += x * b[j + 1];
      s2 += x * b[j + 2];
      s3 += x * b[j + 3];
      s4 += x * b[j + 4];
      s5 += x * b[j + 5];
      s6 += x * b[j + 6];
      s7 += x * b[j + 7];
    }
    c[cOffset] = add ? c[cOffset] + s0 : s0;
    c[cOffset + 1] = add ? c[cOffset + 1] + s1 : s1;
    c[cOffset + 2] = add ? c[cOffset + 2] + s2 : s2;
    c[cOffset + 3] = add ? c[cOffset + 3] + s3 : s3;
    c[cOffset + 4] = add ? c[cOffset + 4] + s4 : s4;
    c[cOffset + 5] = add ? c[cOffset + 5] + s5 : s5;
    c[cOffset + 6] = add ? c[cOffset + 6] + s6 : s6;
    c[cOffset + 7] = add ? c[cOffset + 7] + s7 : s7;
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
    for (int i = 0; i < n; i++) {
      lane[i % LANES] += a[aOffset + i] * b[bOffset + i];
    }
    return tree(lane);
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
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = xOffset;
    int end = xOffset + n;
    for (; i < end - 3; i += 4) {
      a += (double) x[i] * x[i];
      b += (double) x[i + 1] * x[i + 1];
      c += (double) x[i + 2] * x[i + 2];
      d += (double) x[i + 3] * x[i + 3];
    }
    for (; i < end; i++) {
      a += (double) x[i] * x[i];
    }
    return (a + b) + (c + d);
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
