package dev.fovea.core.kernels;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of squares in double precision: half a vector of floats becomes a whole one of doubles. Four sums run side by
 * side, for each waits for its last addition; their lanes are added in order.
 */
final class VectorSquares {
  private static final VectorSpecies<Double> D = VectorSpecies.of(double.class, VectorWidth.SPECIES.vectorShape());
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(VectorWidth.SPECIES.vectorBitSize() / 2));
  private static final int L = D.length();
  /** Elements a call of the inner method: few, so that it is called often and soon compiled. */
  private static final int CHUNK = 512;

  private VectorSquares() {}

  static double sum(int n, float[] x, int xOffset) {
    double[] lanes = new double[4 * L];
    int end = xOffset + n - n % (4 * L);
    for (int i = xOffset; i < end; i += CHUNK) {
      add(x, i, Math.min(end, i + CHUNK), lanes);
    }
    double sum = 0;
    for (double lane : lanes) {
      sum += lane;
    }
    for (int i = end; i < xOffset + n; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }

  private static void add(float[] x, int from, int to, double[] lanes) {
    DoubleVector a = DoubleVector.fromArray(D, lanes, 0);
    DoubleVector b = DoubleVector.fromArray(D, lanes, L);
    DoubleVector c = DoubleVector.fromArray(D, lanes, 2 * L);
    DoubleVector d = DoubleVector.fromArray(D, lanes, 3 * L);
    for (int i = from; i < to; i += 4 * L) {
      DoubleVector p = doubles(x, i);
      DoubleVector q = doubles(x, i + L);
      DoubleVector r = doubles(x, i + 2 * L);
      DoubleVector s = doubles(x, i + 3 * L);
      a = p.fma(p, a);
      b = q.fma(q, b);
      c = r.fma(r, c);
      d = s.fma(s, d);
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, L);
    c.intoArray(lanes, 2 * L);
    d.intoArray(lanes, 3 * L);
  }

  private static DoubleVector doubles(float[] x, int from) {
    return (DoubleVector) FloatVector.fromArray(HALF, x, from).convertShape(VectorOperators.F2D, D, 0);
  }
}
