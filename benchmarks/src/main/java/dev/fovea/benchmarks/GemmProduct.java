package dev.fovea.benchmarks;

import dev.fovea.benchmarks.GemmShape.Use;
import dev.fovea.core.RandomSource;
import dev.fovea.core.kernels.Gemm;
import dev.fovea.core.kernels.Operand;
import java.util.Arrays;

/** One matrix product that can be computed again and again. */
final class GemmProduct {
  /** Rows of the result that are compared with double precision, at most: the largest products have many. */
  private static final int CHECKED_ROWS = 64;

  private final GemmShape shape;
  private final float[] a;
  private final float[] b;
  private final float[] c;

  GemmProduct(GemmShape shape) {
    this.shape = shape;
    RandomSource random = new RandomSource(1L);
    a = values(Math.multiplyExact(shape.rows(), shape.depth()), random);
    b = values(Math.multiplyExact(shape.depth(), shape.columns()), random);
    c = new float[Math.multiplyExact(shape.rows(), shape.columns())];
  }

  private static float[] values(int count, RandomSource random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }

  float[] compute() {
    int m = shape.rows();
    int n = shape.columns();
    int k = shape.depth();
    Operand left = shape.use() == Use.WEIGHTS ? Operand.columns(a, 0, m) : Operand.rows(a, 0, k);
    Operand right = shape.use() == Use.FORWARD ? Operand.rows(b, 0, k) : Operand.columns(b, 0, n);
    Gemm.multiply(m, n, k, left, right, c, 0, n, false);
    return c;
  }

  /** Computes for at least that long and returns the seconds that one product took. */
  double secondsEach(long nanos) {
    long start = System.nanoTime();
    int times = 0;
    long elapsed;
    do {
      compute();
      times++;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return elapsed / 1e9 / times;
  }

  /** The largest difference to a product in double precision, relative to the largest value. */
  double residual() {
    compute();
    double largest = 0;
    double difference = 0;
    double[] row = new double[shape.columns()];
    for (int i = 0; i < Math.min(CHECKED_ROWS, shape.rows()); i++) {
      Arrays.fill(row, 0);
      for (int p = 0; p < shape.depth(); p++) {
        for (int j = 0; j < row.length; j++) {
          row[j] += (double) left(i, p) * right(p, j);
        }
      }
      for (int j = 0; j < row.length; j++) {
        largest = Math.max(largest, Math.abs(row[j]));
        difference = Math.max(difference, Math.abs(row[j] - c[i * row.length + j]));
      }
    }
    return difference / largest;
  }

  private float left(int i, int p) {
    return shape.use() == Use.WEIGHTS ? a[p * shape.rows() + i] : a[i * shape.depth() + p];
  }

  private float right(int p, int j) {
    return shape.use() == Use.FORWARD ? b[j * shape.depth() + p] : b[p * shape.columns() + j];
  }
}
