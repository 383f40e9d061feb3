package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RowKernels} in SIMD. Written out by hand and with direct calls only, for no vector may cross a call. Tiles are
 * as large as they are because a core that does one vector multiply-add a cycle needs two cycles to load a vector that
 * lies across cache lines: a vector of x is used three times.
 */
final class VectorRows implements RowKernels {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();
  private static final float QUARTER = 0.25f;

  VectorRows() {}

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public void sums(int[] taps, int count, float[] x, int xOffset, int xLower, float[] w, int wOffset,
      float[] start, int startOffset, float[] z, int zOffset) {
    FloatVector a0 = FloatVector.broadcast(S, start[startOffset]);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = FloatVector.broadcast(S, start[startOffset + 1]);
    FloatVector b1 = b0;
    FloatVector b2 = b0;
    FloatVector b3 = b0;
    FloatVector c0 = FloatVector.broadcast(S, start[startOffset + 2]);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    int wi = wOffset;
    for (int k = 0; k < 2 * count; k += 2) {
      FloatVector wa = FloatVector.broadcast(S, w[wi]);
      FloatVector wb = FloatVector.broadcast(S, w[wi + 1]);
      FloatVector wc = FloatVector.broadcast(S, w[wi + 2]);
      int left = xOffset + taps[k];
      int right = xOffset + taps[k + 1];
      FloatVector v = FloatVector.fromArray(S, x, left);
      a0 = v.fma(wa, a0);
      b0 = v.fma(wb, b0);
      c0 = v.fma(wc, c0);
      v = FloatVector.fromArray(S, x, right);
      a1 = v.fma(wa, a1);
      b1 = v.fma(wb, b1);
      c1 = v.fma(wc, c1);
      v = FloatVector.fromArray(S, x, left + xLower);
      a2 = v.fma(wa, a2);
      b2 = v.fma(wb, b2);
      c2 = v.fma(wc, c2);
      v = FloatVector.fromArray(S, x, right + xLower);
      a3 = v.fma(wa, a3);
      b3 = v.fma(wb, b3);
      c3 = v.fma(wc, c3);
      wi += FILTERS;
    }
    a0.intoArray(z, zOffset);
    a1.intoArray(z, zOffset + L);
    a2.intoArray(z, zOffset + 2 * L);
    a3.intoArray(z, zOffset + 3 * L);
    b0.intoArray(z, zOffset + 4 * L);
    b1.intoArray(z, zOffset + 5 * L);
    b2.intoArray(z, zOffset + 6 * L);
    b3.intoArray(z, zOffset + 7 * L);
    c0.intoArray(z, zOffset + 8 * L);
    c1.intoArray(z, zOffset + 9 * L);
    c2.intoArray(z, zOffset + 10 * L);
    c3.intoArray(z, zOffset + 11 * L);
  }

  @Override
  public void mean(int filters, float[] z, int zOffset, float floor, float[] y, int yOffset, int yStep,
      int[] sloped, int slopedOffset) {
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector none = FloatVector.zero(S);
    FloatVector one = FloatVector.broadcast(S, Float.intBitsToFloat(1));
    FloatVector two = FloatVector.broadcast(S, Float.intBitsToFloat(2));
    FloatVector four = FloatVector.broadcast(S, Float.intBitsToFloat(4));
    FloatVector eight = FloatVector.broadcast(S, Float.intBitsToFloat(8));
    IntVector bits = IntVector.zero(I);
    for (int f = 0; f < filters; f++) {
      int at = zOffset + f * CELLS * L;
      FloatVector a = FloatVector.fromArray(S, z, at);
      FloatVector b = FloatVector.fromArray(S, z, at + L);
      FloatVector c = FloatVector.fromArray(S, z, at + 2 * L);
      FloatVector d = FloatVector.fromArray(S, z, at + 3 * L);
      a = a.blend(least, a.compare(VectorOperators.LE, least));
      b = b.blend(least, b.compare(VectorOperators.LE, least));
      c = c.blend(least, c.compare(VectorOperators.LE, least));
      d = d.blend(least, d.compare(VectorOperators.LE, least));
      a.add(b).add(c.add(d)).mul(QUARTER).intoArray(y, yOffset + f * yStep);
      IntVector own = one.blend(none, a.compare(VectorOperators.LE, least)).reinterpretAsInts()
          .or(two.blend(none, b.compare(VectorOperators.LE, least)).reinterpretAsInts())
          .or(four.blend(none, c.compare(VectorOperators.LE, least)).reinterpretAsInts())
          .or(eight.blend(none, d.compare(VectorOperators.LE, least)).reinterpretAsInts());
      bits = bits.or(own.lanewise(VectorOperators.LSHL, CELLS * f));
    }
    bits.intoArray(sloped, slopedOffset);
  }

  @Override
  public void largest(int filters, float[] z, int zOffset, float floor, float[] y, int yOffset, int yStep,
      int[] sloped, int slopedOffset) {
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector none = FloatVector.zero(S);
    FloatVector one = FloatVector.broadcast(S, Float.intBitsToFloat(1));
    FloatVector two = FloatVector.broadcast(S, Float.intBitsToFloat(2));
    FloatVector four = FloatVector.broadcast(S, Float.intBitsToFloat(4));
    FloatVector eight = FloatVector.broadcast(S, Float.intBitsToFloat(8));
    IntVector bits = IntVector.zero(I);
    for (int f = 0; f < filters; f++) {
      int at = zOffset + f * CELLS * L;
      FloatVector a = FloatVector.fromArray(S, z, at);
      FloatVector b = FloatVector.fromArray(S, z, at + L);
      FloatVector c = FloatVector.fromArray(S, z, at + 2 * L);
      FloatVector d = FloatVector.fromArray(S, z, at + 3 * L);
      FloatVector ab = a.max(b);
      FloatVector cd = c.max(d);
      FloatVector most = ab.max(cd);
      FloatVector upper = two.blend(one, a.compare(VectorOperators.GE, b));
      FloatVector lower = eight.blend(four, c.compare(VectorOperators.GE, d));
      FloatVector own = lower.blend(upper, ab.compare(VectorOperators.GE, cd));
      own = own.blend(none, most.compare(VectorOperators.LE, least));
      most.blend(least, most.compare(VectorOperators.LT, least)).intoArray(y, yOffset + f * yStep);
      bits = bits.or(own.reinterpretAsInts().lanewise(VectorOperators.LSHL, CELLS * f));
    }
    bits.intoArray(sloped, slopedOffset);
  }

  @Override
  public void slopes(int filters, float factor, float[] dy, int dyOffset, int dyStep, int[] sloped, int slopedOffset,
      float[] g, int gOffset, float[] sums, int sumsOffset) {
    IntVector zero = IntVector.zero(I);
    IntVector all = IntVector.fromArray(I, sloped, slopedOffset);
    for (int f = 0; f < filters; f++) {
      IntVector share = FloatVector.fromArray(S, dy, dyOffset + f * dyStep).mul(factor).reinterpretAsInts();
      IntVector bits = all.lanewise(VectorOperators.LSHR, CELLS * f);
      FloatVector a = share.blend(zero, bits.and(1).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
      FloatVector b = share.blend(zero, bits.and(2).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
      FloatVector c = share.blend(zero, bits.and(4).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
      FloatVector d = share.blend(zero, bits.and(8).compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
      int at = gOffset + f * CELLS * L;
      a.intoArray(g, at);
      b.intoArray(g, at + L);
      c.intoArray(g, at + 2 * L);
      d.intoArray(g, at + 3 * L);
      int sum = sumsOffset + f * L;
      FloatVector.fromArray(S, sums, sum).add(a.add(b).add(c.add(d))).intoArray(sums, sum);
    }
  }

  @Override
  public void weights(int[] places, int count, float[] x, int xOffset, int[] taps, int first, float[] g, int gOffset,
      float[] dw, int dwOffset) {
    int x0 = xOffset + taps[first];
    int x1 = xOffset + taps[first + 1];
    int x2 = xOffset + taps[first + 2];
    int x3 = xOffset + taps[first + 3];
    int x4 = xOffset + taps[first + 4];
    FloatVector a0 = FloatVector.fromArray(S, dw, dwOffset);
    FloatVector a1 = FloatVector.fromArray(S, dw, dwOffset + L);
    FloatVector a2 = FloatVector.fromArray(S, dw, dwOffset + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, dw, dwOffset + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, dw, dwOffset + 4 * L);
    FloatVector b0 = FloatVector.fromArray(S, dw, dwOffset + 5 * L);
    FloatVector b1 = FloatVector.fromArray(S, dw, dwOffset + 6 * L);
    FloatVector b2 = FloatVector.fromArray(S, dw, dwOffset + 7 * L);
    FloatVector b3 = FloatVector.fromArray(S, dw, dwOffset + 8 * L);
    FloatVector b4 = FloatVector.fromArray(S, dw, dwOffset + 9 * L);
    FloatVector c0 = FloatVector.fromArray(S, dw, dwOffset + 10 * L);
    FloatVector c1 = FloatVector.fromArray(S, dw, dwOffset + 11 * L);
    FloatVector c2 = FloatVector.fromArray(S, dw, dwOffset + 12 * L);
    FloatVector c3 = FloatVector.fromArray(S, dw, dwOffset + 13 * L);
    FloatVector c4 = FloatVector.fromArray(S, dw, dwOffset + 14 * L);
    for (int k = 0; k < 2 * count; k += 2) {
      int xi = places[k];
      int gi = gOffset + places[k + 1];
      FloatVector ga = FloatVector.fromArray(S, g, gi);
      FloatVector gb = FloatVector.fromArray(S, g, gi + CELLS * L);
      FloatVector gc = FloatVector.fromArray(S, g, gi + 2 * CELLS * L);
      FloatVector v = FloatVector.fromArray(S, x, x0 + xi);
      a0 = v.fma(ga, a0);
      b0 = v.fma(gb, b0);
      c0 = v.fma(gc, c0);
      v = FloatVector.fromArray(S, x, x1 + xi);
      a1 = v.fma(ga, a1);
      b1 = v.fma(gb, b1);
      c1 = v.fma(gc, c1);
      v = FloatVector.fromArray(S, x, x2 + xi);
      a2 = v.fma(ga, a2);
      b2 = v.fma(gb, b2);
      c2 = v.fma(gc, c2);
      v = FloatVector.fromArray(S, x, x3 + xi);
      a3 = v.fma(ga, a3);
      b3 = v.fma(gb, b3);
      c3 = v.fma(gc, c3);
      v = FloatVector.fromArray(S, x, x4 + xi);
      a4 = v.fma(ga, a4);
      b4 = v.fma(gb, b4);
      c4 = v.fma(gc, c4);
    }
    a0.intoArray(dw, dwOffset);
    a1.intoArray(dw, dwOffset + L);
    a2.intoArray(dw, dwOffset + 2 * L);
    a3.intoArray(dw, dwOffset + 3 * L);
    a4.intoArray(dw, dwOffset + 4 * L);
    b0.intoArray(dw, dwOffset + 5 * L);
    b1.intoArray(dw, dwOffset + 6 * L);
    b2.intoArray(dw, dwOffset + 7 * L);
    b3.intoArray(dw, dwOffset + 8 * L);
    b4.intoArray(dw, dwOffset + 9 * L);
    c0.intoArray(dw, dwOffset + 10 * L);
    c1.intoArray(dw, dwOffset + 11 * L);
    c2.intoArray(dw, dwOffset + 12 * L);
    c3.intoArray(dw, dwOffset + 13 * L);
    c4.intoArray(dw, dwOffset + 14 * L);
  }
}
