package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;

/** The transforms as they are written on paper: two products with a small matrix. */
final class ScalarTransform implements WinogradTransform {
  private static final int WIDTH = Blocks.WIDTH;

  private final float[][] a;
  private final float[][] b;
  private final float[][] g;
  private final float[][] aT;
  private final float[][] bT;
  private final float[][] gT;

  private ScalarTransform(float[][] aT, float[][] bT, float[][] g) {
    this.aT = aT;
    this.bT = bT;
    this.g = g;
    a = transposed(aT);
    b = transposed(bT);
    gT = transposed(g);
  }

  /** F(2x2, 3x3), of the points 0, 1, -1 and infinity. */
  static ScalarTransform of2() {
    return new ScalarTransform(
        new float[][] {{1, 1, 1, 0}, {0, 1, -1, -1}},
        new float[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
        new float[][] {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}});
  }

  /** F(4x4, 3x3), of the points 0, 1, -1, 2, -2 and infinity. */
  static ScalarTransform of4() {
    float sixth = 1 / 6f;
    return new ScalarTransform(
        new float[][] {{1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}},
        new float[][] {{4, 0, -5, 0, 1, 0}, {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0}, {0, -2, -1, 2, 1, 0},
            {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}},
        new float[][] {{0.25f, 0, 0}, {-sixth, -sixth, -sixth}, {-sixth, sixth, -sixth},
            {sixth / 4, sixth / 2, sixth}, {sixth / 4, -sixth / 2, sixth}, {0, 0, 1}});
  }

  private static float[][] transposed(float[][] matrix) {
    float[][] t = new float[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = matrix[i][j];
      }
    }
    return t;
  }

  @Override
  public int outputs() {
    return aT.length;
  }

  @Override
  public void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines) {
    int size = size();
    pass(bT, size, x, xOffset, stride, WIDTH, lines, 0, size * WIDTH, WIDTH);
    pass(bT, size, lines, 0, WIDTH, size * WIDTH, v, vOffset, plane, size * plane);
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    int size = size();
    pass(aT, size, v, vOffset, size * plane, plane, lines, 0, size * WIDTH, WIDTH);
    pass(aT, outputs(), lines, 0, WIDTH, size * WIDTH, z, zOffset, WIDTH, stride);
    for (int row = 0; row < outputs(); row++) {
      for (int i = 0; i < outputs() * WIDTH; i++) {
        int at = zOffset + row * stride + i;
        float value = z[at] + start[startOffset + i % WIDTH];
        z[at] = value <= floor ? floor : value;
      }
    }
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    int size = size();
    pass(a, outputs(), dz, dzOffset, stride, WIDTH, lines, 0, outputs() * WIDTH, WIDTH);
    pass(a, size, lines, 0, WIDTH, outputs() * WIDTH, q, qOffset, plane, size * plane);
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    int size = size();
    pass(b, size, v, vOffset, size * plane, plane, lines, 0, size * WIDTH, WIDTH);
    float[] row = new float[size * WIDTH];
    for (int i = 0; i < size; i++) {
      pass(b, 1, lines, i * size * WIDTH, WIDTH, 0, row, 0, WIDTH, 0);
      int added = (i < addRows ? size : addColumns) * WIDTH;
      for (int j = 0; j < row.length; j++) {
        int at = dxOffset + i * stride + j;
        dx[at] = j < added ? dx[at] + row[j] : row[j];
      }
    }
  }

  @Override
  public void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
    pass(g, 3, w, wOffset, 3 * WIDTH, WIDTH, lines, 0, 3 * WIDTH, WIDTH);
    pass(g, size(), lines, 0, WIDTH, 3 * WIDTH, u, uOffset, plane, size() * plane);
  }

  @Override
  public void filterGradient(float[] u, int uOffset, int plane, float[] dw, int dwOffset, float[] lines) {
    int size = size();
    pass(gT, size, u, uOffset, size * plane, plane, lines, 0, size * WIDTH, WIDTH);
    pass(gT, 3, lines, 0, WIDTH, size * WIDTH, dw, dwOffset, WIDTH, 3 * WIDTH);
  }

  /**
   * Multiplies the matrix with each of some columns of cells: cell i of a column lies at {@code i * fromStride}, the
   * next column {@code fromStep} later; likewise where they go.
   */
  private static void pass(float[][] matrix, int columns, float[] from, int fromOffset, int fromStride, int fromStep,
      float[] to, int toOffset, int toStride, int toStep) {
    for (int column = 0; column < columns; column++) {
      int read = fromOffset + column * fromStep;
      for (int i = 0; i < matrix.length; i++) {
        int write = toOffset + column * toStep + i * toStride;
        float[] row = matrix[i];
        for (int lane = 0; lane < WIDTH; lane++) {
          float sum = 0;
          for (int j = 0; j < row.length; j++) {
            sum += row[j] * from[read + j * fromStride + lane];
          }
          to[write + lane] = sum;
        }
      }
    }
  }
}
