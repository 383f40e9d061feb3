package dev.fovea.core.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ChannelKernels} for blocks with the Vector API. Sums keep four partial sums for each channel, pixel by pixel
 * in turn, and fuse; so they differ from those of {@link ScalarChannels} in the last places. The others give the very
 * bits.
 */
final class VectorChannels implements ChannelKernels {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  /** Pixels a round of a sum takes. */
  private static final int ROUND = 4;

  VectorChannels() {}

  @Override
  public int lanes() {
    return WIDTH;
  }

  @Override
  public void sums(int n, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      sum(n, x, xOffset + lane, sums, sumsOffset + lane);
    }
  }

  private static void sum(int n, float[] x, int xOffset, float[] sums, int sumsOffset) {
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    int p = 0;
    for (; p <= n - ROUND; p += ROUND) {
      int i = xOffset + p * WIDTH;
      a = a.add(FloatVector.fromArray(S, x, i));
      b = b.add(FloatVector.fromArray(S, x, i + WIDTH));
      c = c.add(FloatVector.fromArray(S, x, i + 2 * WIDTH));
      d = d.add(FloatVector.fromArray(S, x, i + 3 * WIDTH));
    }
    for (; p < n; p++) {
      a = a.add(FloatVector.fromArray(S, x, xOffset + p * WIDTH));
    }
    a.add(b).add(c.add(d)).intoArray(sums, sumsOffset);
  }

  @Override
  public void deviations(int n, float[] x, int xOffset, float[] constants, int at, float[] sums, int sumsOffset) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      deviation(n, x, xOffset + lane, constants, at + lane, sums, sumsOffset + lane);
    }
  }

  private static void deviation(int n, float[] x, int xOffset, float[] constants, int at, float[] sums,
      int sumsOffset) {
    FloatVector center = FloatVector.fromArray(S, constants, at);
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    FloatVector aa = FloatVector.zero(S);
    FloatVector bb = FloatVector.zero(S);
    FloatVector cc = FloatVector.zero(S);
    FloatVector dd = FloatVector.zero(S);
    int p = 0;
    for (; p <= n - ROUND; p += ROUND) {
      int i = xOffset + p * WIDTH;
      FloatVector first = FloatVector.fromArray(S, x, i).sub(center);
      FloatVector second = FloatVector.fromArray(S, x, i + WIDTH).sub(center);
      FloatVector third = FloatVector.fromArray(S, x, i + 2 * WIDTH).sub(center);
      FloatVector fourth = FloatVector.fromArray(S, x, i + 3 * WIDTH).sub(center);
      a = a.add(first);
      b = b.add(second);
      c = c.add(third);
      d = d.add(fourth);
      aa = first.fma(first, aa);
      bb = second.fma(second, bb);
      cc = third.fma(third, cc);
      dd = fourth.fma(fourth, dd);
    }
    for (; p < n; p++) {
      FloatVector first = FloatVector.fromArray(S, x, xOffset + p * WIDTH).sub(center);
      a = a.add(first);
      aa = first.fma(first, aa);
    }
    a.add(b).add(c.add(d)).intoArray(sums, sumsOffset);
    aa.add(bb).add(cc.add(dd)).intoArray(sums, sumsOffset + WIDTH);
  }

  @Override
  public void slopeSums(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] sums, int sumsOffset) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      slopeSum(n, x, xOffset + lane, dy, dyOffset + lane, constants, at + lane, sums, sumsOffset + lane);
    }
  }

  private static void slopeSum(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] sums, int sumsOffset) {
    FloatVector center = FloatVector.fromArray(S, constants, at);
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    FloatVector ax = FloatVector.zero(S);
    FloatVector bx = FloatVector.zero(S);
    FloatVector cx = FloatVector.zero(S);
    FloatVector dx = FloatVector.zero(S);
    int p = 0;
    for (; p <= n - ROUND; p += ROUND) {
      int i = xOffset + p * WIDTH;
      int j = dyOffset + p * WIDTH;
      FloatVector first = FloatVector.fromArray(S, dy, j);
      FloatVector second = FloatVector.fromArray(S, dy, j + WIDTH);
      FloatVector third = FloatVector.fromArray(S, dy, j + 2 * WIDTH);
      FloatVector fourth = FloatVector.fromArray(S, dy, j + 3 * WIDTH);
      a = a.add(first);
      b = b.add(second);
      c = c.add(third);
      d = d.add(fourth);
      ax = FloatVector.fromArray(S, x, i).sub(center).fma(first, ax);
      bx = FloatVector.fromArray(S, x, i + WIDTH).sub(center).fma(second, bx);
      cx = FloatVector.fromArray(S, x, i + 2 * WIDTH).sub(center).fma(third, cx);
      dx = FloatVector.fromArray(S, x, i + 3 * WIDTH).sub(center).fma(fourth, dx);
    }
    for (; p < n; p++) {
      FloatVector first = FloatVector.fromArray(S, dy, dyOffset + p * WIDTH);
      a = a.add(first);
      ax = FloatVector.fromArray(S, x, xOffset + p * WIDTH).sub(center).fma(first, ax);
    }
    a.add(b).add(c.add(d)).intoArray(sums, sumsOffset);
    ax.add(bx).add(cx.add(dx)).intoArray(sums, sumsOffset + WIDTH);
  }

  @Override
  public void normalize(int n, float[] x, int xOffset, float[] constants, int at, float[] y, int yOffset,
      boolean add) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector center = FloatVector.fromArray(S, constants, at + lane);
      FloatVector factor = FloatVector.fromArray(S, constants, at + WIDTH + lane);
      FloatVector offset = FloatVector.fromArray(S, constants, at + 2 * WIDTH + lane);
      for (int i = lane; i < n * WIDTH; i += WIDTH) {
        FloatVector v = FloatVector.fromArray(S, x, xOffset + i).sub(center).mul(factor).add(offset);
        (add ? FloatVector.fromArray(S, y, yOffset + i).add(v) : v).intoArray(y, yOffset + i);
      }
    }
  }

  @Override
  public void combine(int n, float[] x, int xOffset, float[] dy, int dyOffset, float[] constants, int at,
      float[] y, int yOffset, boolean add) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector center = FloatVector.fromArray(S, constants, at + lane);
      FloatVector factor = FloatVector.fromArray(S, constants, at + WIDTH + lane);
      FloatVector offset = FloatVector.fromArray(S, constants, at + 2 * WIDTH + lane);
      FloatVector slope = FloatVector.fromArray(S, constants, at + 3 * WIDTH + lane);
      for (int i = lane; i < n * WIDTH; i += WIDTH) {
        FloatVector v = FloatVector.fromArray(S, x, xOffset + i).sub(center).mul(factor).add(offset)
            .add(FloatVector.fromArray(S, dy, dyOffset + i).mul(slope));
        (add ? FloatVector.fromArray(S, y, yOffset + i).add(v) : v).intoArray(y, yOffset + i);
      }
    }
  }
}
