package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TileTransform#input} of {@link VectorTransform4} for one vector of channels. 36 vectors do not fit into the
 * registers, 24 do: the planes of four points of the rows are done first, then those of two, each part from the first
 * pass to the second without memory between. Written out by hand, without a loop.
 */
final class VectorInputs4 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int WIDTH = Blocks.WIDTH;

  private VectorInputs4() {}

  /** As {@link TileTransform#input}. */
  static void input(float[] x, int from, int stride, float[] v, int to, int plane) {
    inner(x, from, stride, v, to, plane);
    outer(x, from, stride, v, to, plane);
  }

  /** The planes of the points 1, -1, 2 and -2 of the rows. */
  private static void inner(float[] x, int from, int stride, float[] v, int to, int plane) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = FloatVector.broadcast(S, -2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector x10 = FloatVector.fromArray(S, x, from + stride);
    FloatVector x20 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector x30 = FloatVector.fromArray(S, x, from + 3 * stride);
    FloatVector x40 = FloatVector.fromArray(S, x, from + 4 * stride);
    FloatVector low = x20.fma(minusFour, x40);
    FloatVector high = x10.fma(minusFour, x30);
    FloatVector low2 = x40.sub(x20);
    FloatVector high2 = x30.sub(x10);
    FloatVector a0 = low.add(high);
    FloatVector b0 = low.sub(high);
    FloatVector c0 = high2.fma(two, low2);
    FloatVector e0 = high2.fma(minusTwo, low2);
    int i1 = from + WIDTH;
    FloatVector x11 = FloatVector.fromArray(S, x, i1 + stride);
    FloatVector x21 = FloatVector.fromArray(S, x, i1 + 2 * stride);
    FloatVector x31 = FloatVector.fromArray(S, x, i1 + 3 * stride);
    FloatVector x41 = FloatVector.fromArray(S, x, i1 + 4 * stride);
    low = x21.fma(minusFour, x41);
    high = x11.fma(minusFour, x31);
    low2 = x41.sub(x21);
    high2 = x31.sub(x11);
    FloatVector a1 = low.add(high);
    FloatVector b1 = low.sub(high);
    FloatVector c1 = high2.fma(two, low2);
    FloatVector e1 = high2.fma(minusTwo, low2);
    int i2 = from + 2 * WIDTH;
    FloatVector x12 = FloatVector.fromArray(S, x, i2 + stride);
    FloatVector x22 = FloatVector.fromArray(S, x, i2 + 2 * stride);
    FloatVector x32 = FloatVector.fromArray(S, x, i2 + 3 * stride);
    FloatVector x42 = FloatVector.fromArray(S, x, i2 + 4 * stride);
    low = x22.fma(minusFour, x42);
    high = x12.fma(minusFour, x32);
    low2 = x42.sub(x22);
    high2 = x32.sub(x12);
    FloatVector a2 = low.add(high);
    FloatVector b2 = low.sub(high);
    FloatVector c2 = high2.fma(two, low2);
    FloatVector e2 = high2.fma(minusTwo, low2);
    int i3 = from + 3 * WIDTH;
    FloatVector x13 = FloatVector.fromArray(S, x, i3 + stride);
    FloatVector x23 = FloatVector.fromArray(S, x, i3 + 2 * stride);
    FloatVector x33 = FloatVector.fromArray(S, x, i3 + 3 * stride);
    FloatVector x43 = FloatVector.fromArray(S, x, i3 + 4 * stride);
    low = x23.fma(minusFour, x43);
    high = x13.fma(minusFour, x33);
    low2 = x43.sub(x23);
    high2 = x33.sub(x13);
    FloatVector a3 = low.add(high);
    FloatVector b3 = low.sub(high);
    FloatVector c3 = high2.fma(two, low2);
    FloatVector e3 = high2.fma(minusTwo, low2);
    int i4 = from + 4 * WIDTH;
    FloatVector x14 = FloatVector.fromArray(S, x, i4 + stride);
    FloatVector x24 = FloatVector.fromArray(S, x, i4 + 2 * stride);
    FloatVector x34 = FloatVector.fromArray(S, x, i4 + 3 * stride);
    FloatVector x44 = FloatVector.fromArray(S, x, i4 + 4 * stride);
    low = x24.fma(minusFour, x44);
    high = x14.fma(minusFour, x34);
    low2 = x44.sub(x24);
    high2 = x34.sub(x14);
    FloatVector a4 = low.add(high);
    FloatVector b4 = low.sub(high);
    FloatVector c4 = high2.fma(two, low2);
    FloatVector e4 = high2.fma(minusTwo, low2);
    int i5 = from + 5 * WIDTH;
    FloatVector x15 = FloatVector.fromArray(S, x, i5 + stride);
    FloatVector x25 = FloatVector.fromArray(S, x, i5 + 2 * stride);
    FloatVector x35 = FloatVector.fromArray(S, x, i5 + 3 * stride);
    FloatVector x45 = FloatVector.fromArray(S, x, i5 + 4 * stride);
    low = x25.fma(minusFour, x45);
    high = x15.fma(minusFour, x35);
    low2 = x45.sub(x25);
    high2 = x35.sub(x15);
    FloatVector a5 = low.add(high);
    FloatVector b5 = low.sub(high);
    FloatVector c5 = high2.fma(two, low2);
    FloatVector e5 = high2.fma(minusTwo, low2);
    int o = to + 6 * plane;
    FloatVector even = a2.fma(minusFour, a4);
    FloatVector odd = a1.fma(minusFour, a3);
    FloatVector even2 = a4.sub(a2);
    FloatVector odd2 = a3.sub(a1);
    a0.fma(four, a2.fma(minusFive, a4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + plane);
    even.sub(odd).intoArray(v, o + 2 * plane);
    odd2.fma(two, even2).intoArray(v, o + 3 * plane);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * plane);
    a1.fma(four, a3.fma(minusFive, a5)).intoArray(v, o + 5 * plane);
    o = to + 12 * plane;
    even = b2.fma(minusFour, b4);
    odd = b1.fma(minusFour, b3);
    even2 = b4.sub(b2);
    odd2 = b3.sub(b1);
    b0.fma(four, b2.fma(minusFive, b4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + plane);
    even.sub(odd).intoArray(v, o + 2 * plane);
    odd2.fma(two, even2).intoArray(v, o + 3 * plane);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * plane);
    b1.fma(four, b3.fma(minusFive, b5)).intoArray(v, o + 5 * plane);
    o = to + 18 * plane;
    even = c2.fma(minusFour, c4);
    odd = c1.fma(minusFour, c3);
    even2 = c4.sub(c2);
    odd2 = c3.sub(c1);
    c0.fma(four, c2.fma(minusFive, c4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + plane);
    even.sub(odd).intoArray(v, o + 2 * plane);
    odd2.fma(two, even2).intoArray(v, o + 3 * plane);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * plane);
    c1.fma(four, c3.fma(minusFive, c5)).intoArray(v, o + 5 * plane);
    o = to + 24 * plane;
    even = e2.fma(minusFour, e4);
    odd = e1.fma(minusFour, e3);
    even2 = e4.sub(e2);
    odd2 = e3.sub(e1);
    e0.fma(four, e2.fma(minusFive, e4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + plane);
    even.sub(odd).intoArray(v, o + 2 * plane);
    odd2.fma(two, even2).intoArray(v, o + 3 * plane);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * plane);
    e1.fma(four, e3.fma(minusFive, e5)).intoArray(v, o + 5 * plane);
  }

  /** The planes of the points 0 and infinity of the rows. */
  private static void outer(float[] x, int from, int stride, float[] v, int to, int plane) {
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = FloatVector.broadcast(S, -2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector x00 = FloatVector.fromArray(S, x, from);
    FloatVector x10 = FloatVector.fromArray(S, x, from + stride);
    FloatVector x20 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector x30 = FloatVector.fromArray(S, x, from + 3 * stride);
    FloatVector x40 = FloatVector.fromArray(S, x, from + 4 * stride);
    FloatVector x50 = FloatVector.fromArray(S, x, from + 5 * stride);
    FloatVector a0 = x00.fma(four, x20.fma(minusFive, x40));
    FloatVector b0 = x10.fma(four, x30.fma(minusFive, x50));
    int i1 = from + WIDTH;
    FloatVector x01 = FloatVector.fromArray(S, x, i1);
    FloatVector x11 = FloatVector.fromArray(S, x, i1 + stride);
    FloatVector x21 = FloatVector.fromArray(S, x, i1 + 2 * stride);
    FloatVector x31 = FloatVector.fromArray(S, x, i1 + 3 * stride);
    FloatVector x41 = FloatVector.fromArray(S, x, i1 + 4 * stride);
    FloatVector x51 = FloatVector.fromArray(S, x, i1 + 5 * stride);
    FloatVector a1 = x01.fma(four, x21.fma(minusFive, x41));
    FloatVector b1 = x11.fma(four, x31.fma(minusFive, x51));
    int i2 = from + 2 * WIDTH;
    FloatVector x02 = FloatVector.fromArray(S, x, i2);
    FloatVector x12 = FloatVector.fromArray(S, x, i2 + stride);
    FloatVector x22 = FloatVector.fromArray(S, x, i2 + 2 * stride);
    FloatVector x32 = FloatVector.fromArray(S, x, i2 + 3 * stride);
    FloatVector x42 = FloatVector.fromArray(S, x, i2 + 4 * stride);
    FloatVector x52 = FloatVector.fromArray(S, x, i2 + 5 * stride);
    FloatVector a2 = x02.fma(four, x22.fma(minusFive, x42));
    FloatVector b2 = x12.fma(four, x32.fma(minusFive, x52));
    int i3 = from + 3 * WIDTH;
    FloatVector x03 = FloatVector.fromArray(S, x, i3);
    FloatVector x13 = FloatVector.fromArray(S, x, i3 + stride);
    FloatVector x23 = FloatVector.fromArray(S, x, i3 + 2 * stride);
    FloatVector x33 = FloatVector.fromArray(S, x, i3 + 3 * stride);
    FloatVector x43 = FloatVector.fromArray(S, x, i3 + 4 * stride);
    FloatVector x53 = FloatVector.fromArray(S, x, i3 + 5 * stride);
    FloatVector a3 = x03.fma(four, x23.fma(minusFive, x43));
    FloatVector b3 = x13.fma(four, x33.fma(minusFive, x53));
    int i4 = from + 4 * WIDTH;
    FloatVector x04 = FloatVector.fromArray(S, x, i4);
    FloatVector x14 = FloatVector.fromArray(S, x, i4 + stride);
    FloatVector x24 = FloatVector.fromArray(S, x, i4 + 2 * stride);
    FloatVector x34 = FloatVector.fromArray(S, x, i4 + 3 * stride);
    FloatVector x44 = FloatVector.fromArray(S, x, i4 + 4 * stride);
    FloatVector x54 = FloatVector.fromArray(S, x, i4 + 5 * stride);
    FloatVector a4 = x04.fma(four, x24.fma(minusFive, x44));
    FloatVector b4 = x14.fma(four, x34.fma(minusFive, x54));
    int i5 = from + 5 * WIDTH;
    FloatVector x05 = FloatVector.fromArray(S, x, i5);
    FloatVector x15 = FloatVector.fromArray(S, x, i5 + stride);
    FloatVector x25 = FloatVector.fromArray(S, x, i5 + 2 * stride);
    FloatVector x35 = FloatVector.fromArray(S, x, i5 + 3 * stride);
    FloatVector x45 = FloatVector.fromArray(S, x, i5 + 4 * stride);
    FloatVector x55 = FloatVector.fromArray(S, x, i5 + 5 * stride);
    FloatVector a5 = x05.fma(four, x25.fma(minusFive, x45));
    FloatVector b5 = x15.fma(four, x35.fma(minusFive, x55));
    int o = to;
    FloatVector even = a2.fma(minusFour, a4);
    FloatVector odd = a1.fma(minusFour, a3);
    FloatVector even2 = a4.sub(a2);
    FloatVector odd2 = a3.sub(a1);
    a0.fma(four, a2.fma(minusFive, a4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + plane);
    even.sub(odd).intoArray(v, o + 2 * plane);
    odd2.fma(two, even2).intoArray(v, o + 3 * plane);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * plane);
    a1.fma(four, a3.fma(minusFive, a5)).intoArray(v, o + 5 * plane);
    o = to + 30 * plane;
    even = b2.fma(minusFour, b4);
    odd = b1.fma(minusFour, b3);
    even2 = b4.sub(b2);
    odd2 = b3.sub(b1);
    b0.fma(four, b2.fma(minusFive, b4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + plane);
    even.sub(odd).intoArray(v, o + 2 * plane);
    odd2.fma(two, even2).intoArray(v, o + 3 * plane);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * plane);
    b1.fma(four, b3.fma(minusFive, b5)).intoArray(v, o + 5 * plane);
  }
}
