package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import java.util.Arrays;

/** The transforms as they are written on paper: two products with a small matrix. */
final class ScalarTransform implements WinogradTransform {
  private static final int WIDTH = Blocks.WIDTH;

  private static final int[] ALL = {0, 1, 2, 3, 4, 5};
  /** The matrices of 2 outputs from the points 0, 1, -1 and infinity of F(4, 3), scaled to go with its filters. */
  private static final Side LOW_SIDE = new Side(new int[] {0, 1, 2, 5},
      new float[][] {{1, 1, 1, 0}, {0, 1, -1, 1}},
      new float[][] {{4, 0, -4, 0}, {0, -3, -3, 0}, {0, 3, -3, 0}, {0, -1, 0, 1}});

  private final Side whole;
  private final Side rows;
  private final Side columns;
  private final float[][] g;

  private ScalarTransform(Side whole, Side rows, Side columns, float[][] g) {
    this.whole = whole;
    this.rows = rows;
    this.columns = columns;
    this.g = g;
  }

  private static ScalarTransform of(float[][] aT, float[][] bT, float[][] g) {
    Side whole = new Side(upTo(bT.length), aT, bT);
    return new ScalarTransform(whole, whole, whole, g);
  }

  private static int[] upTo(int n) {
    return Arrays.copyOf(ALL, n);
  }

  /**
   * The matrices of one of the two directions.
   *
   * @param points numbers of the points, which are those of the planes
   */
  private record Side(int[] points, float[][] aT, float[][] bT) {
    int outputs() {
      return aT.length;
    }

    int inputs() {
      return bT.length;
    }
  }

  /** F(2x2, 3x3), of the points 0, 1, -1 and infinity. */
  static ScalarTransform of2() {
    return of(
        new float[][] {{1, 1, 1, 0}, {0, 1, -1, -1}},
        new float[][] {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
        new float[][] {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}});
  }

  /** F(4x4, 3x3), of the points 0, 1, -1, 2, -2 and infinity. */
  static ScalarTransform of4() {
    float sixth = 1 / 6f;
    return of(
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
  public TileTransform edge(boolean lowRows, boolean lowColumns) {
    return outputs() == LOW ? null
        : new ScalarTransform(whole, lowRows ? LOW_SIDE : whole, lowColumns ? LOW_SIDE : whole, g);
  }

  @Override
  public int outputRows() {
    return rows.outputs();
  }

  @Override
  public int outputColumns() {
    return columns.outputs();
  }

  /** Points in each direction, those that an edge leaves out too. */
  private int points() {
    return whole.points.length;
  }

  private int line() {
    return points() * WIDTH;
  }

  @Override
  public void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines) {
    pass(rows.bT, upTo(columns.inputs()), x, xOffset, ALL, stride, WIDTH, lines, 0, rows.points, line(), WIDTH);
    pass(columns.bT, rows.points, lines, 0, ALL, WIDTH, line(),
        v, vOffset, columns.points, plane, points() * plane);
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    pass(rows.aT, columns.points, v, vOffset, rows.points, points() * plane, plane, lines, 0, ALL, line(), WIDTH);
    pass(columns.aT, upTo(rows.outputs()), lines, 0, columns.points, WIDTH, line(), z, zOffset, ALL, WIDTH, stride);
    for (int row = 0; row < rows.outputs(); row++) {
      for (int i = 0; i < columns.outputs() * WIDTH; i++) {
        int at = zOffset + row * stride + i;
        float value = z[at] + start[startOffset + i % WIDTH];
        z[at] = value <= floor ? floor : value;
      }
    }
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    pass(transposed(rows.aT), upTo(columns.outputs()), dz, dzOffset, ALL, stride, WIDTH,
        lines, 0, rows.points, line(), WIDTH);
    pass(transposed(columns.aT), rows.points, lines, 0, ALL, WIDTH, line(),
        q, qOffset, columns.points, plane, points() * plane);
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    pass(transposed(rows.bT), columns.points, v, vOffset, rows.points, points() * plane, plane,
        lines, 0, ALL, line(), WIDTH);
    float[] row = new float[columns.inputs() * WIDTH];
    float[][] b = transposed(columns.bT);
    for (int i = 0; i < rows.inputs(); i++) {
      pass(b, upTo(1), lines, i * line(), columns.points, WIDTH, 0, row, 0, ALL, WIDTH, 0);
      int added = i < addRows ? row.length : addColumns * WIDTH;
      for (int j = 0; j < row.length; j++) {
        int at = dxOffset + i * stride + j;
        dx[at] = j < added ? dx[at] + row[j] : row[j];
      }
    }
  }

  @Override
  public void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
    pass(g, upTo(3), w, wOffset, ALL, 3 * WIDTH, WIDTH, lines, 0, ALL, 3 * WIDTH, WIDTH);
    pass(g, upTo(points()), lines, 0, ALL, WIDTH, 3 * WIDTH, u, uOffset, ALL, plane, points() * plane);
  }

  @Override
  public void filterGradient(float[] u, int uOffset, int plane, float[] lines) {
    float[][] gT = transposed(g);
    pass(gT, upTo(points()), u, uOffset, ALL, points() * plane, plane, lines, 0, ALL, line(), WIDTH);
    pass(gT, upTo(3), lines, 0, ALL, WIDTH, line(), u, uOffset, ALL, plane, 3 * plane);
  }

  /**
   * Multiplies the matrix with each of some columns of cells: cell number i of a column lies at {@code i * fromStride},
   * column number c at {@code c * fromStep}; likewise where they go.
   */
  private static void pass(float[][] matrix, int[] columns,
      float[] from, int fromOffset, int[] fromCells, int fromStride, int fromStep,
      float[] to, int toOffset, int[] toCells, int toStride, int toStep) {
    for (int column : columns) {
      int read = fromOffset + column * fromStep;
      for (int i = 0; i < matrix.length; i++) {
        int write = toOffset + column * toStep + toCells[i] * toStride;
        float[] row = matrix[i];
        for (int lane = 0; lane < WIDTH; lane++) {
          float sum = 0;
          for (int j = 0; j < row.length; j++) {
            sum += row[j] * from[read + fromCells[j] * fromStride + lane];
          }
          to[write + lane] = sum;
        }
      }
    }
  }
}
