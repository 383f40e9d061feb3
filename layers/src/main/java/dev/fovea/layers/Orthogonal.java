package dev.fovea.layers;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;

/**
 * Rows of length 1 at right angles to each other (Saxe and others 2013), for a weight read as the matrix {@code [out,
 * the rest]}; where there are more rows than columns, the columns are. Normal draws are made orthogonal in double
 * precision by the modified Gram-Schmidt process, done twice: once leaves an error that grows with the matrix's
 * condition.
 */
record Orthogonal() implements Initializer {
  @Override
  public void fill(Shape shape, float[] values, RandomSource random) {
    int size = shape.size();
    int rows = shape.rank() == 0 ? 1 : shape.dim(0);
    int columns = size / rows;
    int vectors = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] basis = new double[vectors][length];
    for (int i = 0; i < vectors; i++) {
      for (int j = 0; j < length; j++) {
        basis[i][j] = random.normal();
      }
      straighten(basis, i);
      straighten(basis, i);
    }
    for (int i = 0; i < vectors; i++) {
      for (int j = 0; j < length; j++) {
        values[rows <= columns ? i * columns + j : j * columns + i] = (float) basis[i][j];
      }
    }
  }

  /** Takes from vector {@code last} its share along each one before it, and makes it 1 long. */
  private static void straighten(double[][] basis, int last) {
    double[] vector = basis[last];
    for (int i = 0; i < last; i++) {
      double along = dot(vector, basis[i]);
      for (int j = 0; j < vector.length; j++) {
        vector[j] -= along * basis[i][j];
      }
    }
    double norm = Math.sqrt(dot(vector, vector));
    for (int j = 0; j < vector.length; j++) {
      vector[j] /= norm;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  @Override
  public String toString() {
    return "ORTHOGONAL";
  }
}
