package dev.fovea.core.kernels.conv.direct.loops;

/** The tiles as they are defined. */
final class ScalarRows implements RowKernels {
  private static final int COLUMNS = 8;
  private static final float QUARTER = 0.25f;

  private final int lanes;

  ScalarRows() {
    this(COLUMNS);
  }

  /** As a twin of vectors of so many lanes. */
  ScalarRows(int lanes) {
    this.lanes = lanes;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void sums(int[] taps, int count, float[] x, int xOffset, int xLower, float[] w, int wOffset,
      float[] start, int startOffset, float[] z, int zOffset) {
    for (int f = 0; f < FILTERS; f++) {
      for (int cell = 0; cell < CELLS; cell++) {
        for (int lane = 0; lane < lanes; lane++) {
          float sum = start[startOffset + f];
          for (int t = 0; t < count; t++) {
            sum += x[xOffset + cell / 2 * xLower + taps[2 * t + cell % 2] + lane] * w[wOffset + FILTERS * t + f];
          }
          z[zOffset + (f * CELLS + cell) * lanes + lane] = sum;
        }
      }
    }
  }

  @Override
  public void mean(int filters, float[] z, int zOffset, float floor, float[] y, int yOffset, int yStep,
      int[] sloped, int slopedOffset) {
    for (int lane = 0; lane < lanes; lane++) {
      int bits = 0;
      for (int f = 0; f < filters; f++) {
        int at = zOffset + f * CELLS * lanes + lane;
        float a = raised(z[at], floor);
        float b = raised(z[at + lanes], floor);
        float c = raised(z[at + 2 * lanes], floor);
        float d = raised(z[at + 3 * lanes], floor);
        y[yOffset + f * yStep + lane] = QUARTER * ((a + b) + (c + d));
        int four = (a <= floor ? 0 : 1) | (b <= floor ? 0 : 2) | (c <= floor ? 0 : 4) | (d <= floor ? 0 : 8);
        bits |= four << CELLS * f;
      }
      sloped[slopedOffset + lane] = bits;
    }
  }

  @Override
  public void largest(int filters, float[] z, int zOffset, float floor, float[] y, int yOffset, int yStep,
      int[] sloped, int slopedOffset) {
    for (int lane = 0; lane < lanes; lane++) {
      int bits = 0;
      for (int f = 0; f < filters; f++) {
        int at = zOffset + f * CELLS * lanes + lane;
        float a = z[at];
        float b = z[at + lanes];
        float c = z[at + 2 * lanes];
        float d = z[at + 3 * lanes];
        float ab = Math.max(a, b);
        float cd = Math.max(c, d);
        float most = Math.max(ab, cd);
        y[yOffset + f * yStep + lane] = raised(most, floor);
        int one = ab >= cd ? a >= b ? 1 : 2 : c >= d ? 4 : 8;
        bits |= (most <= floor ? 0 : one) << CELLS * f;
      }
      sloped[slopedOffset + lane] = bits;
    }
  }

  private static float raised(float z, float floor) {
    return z < floor ? floor : z;
  }

  @Override
  public void slopes(int filters, float factor, float[] dy, int dyOffset, int dyStep, int[] sloped, int slopedOffset,
      float[] g, int gOffset, float[] sums, int sumsOffset) {
    for (int f = 0; f < filters; f++) {
      for (int lane = 0; lane < lanes; lane++) {
        float share = factor * dy[dyOffset + f * dyStep + lane];
        int bits = sloped[slopedOffset + lane] >>> CELLS * f;
        int at = gOffset + f * CELLS * lanes + lane;
        g[at] = (bits & 1) == 0 ? 0f : share;
        g[at + lanes] = (bits & 2) == 0 ? 0f : share;
        g[at + 2 * lanes] = (bits & 4) == 0 ? 0f : share;
        g[at + 3 * lanes] = (bits & 8) == 0 ? 0f : share;
        sums[sumsOffset + f * lanes + lane] += (g[at] + g[at + lanes]) + (g[at + 2 * lanes] + g[at + 3 * lanes]);
      }
    }
  }

  @Override
  public void weights(int[] places, int count, float[] x, int xOffset, int[] taps, int first, float[] g, int gOffset,
      float[] dw, int dwOffset) {
    for (int place = 0; place < 2 * count; place += 2) {
      for (int f = 0; f < FILTERS; f++) {
        int slopes = gOffset + places[place + 1] + f * CELLS * lanes;
        for (int t = 0; t < TAPS; t++) {
          int read = xOffset + places[place] + taps[first + t];
          for (int lane = 0; lane < lanes; lane++) {
            dw[dwOffset + (f * TAPS + t) * lanes + lane] += x[read + lane] * g[slopes + lane];
          }
        }
      }
    }
  }
}
