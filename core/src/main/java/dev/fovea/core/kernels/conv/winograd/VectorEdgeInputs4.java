package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The maps of {@link VectorTransform4Edge} between inputs and planes, for one vector of channels and tiles that are
 * low in one direction. 24 vectors stay in registers from the first pass to the second: written out by hand, without
 * a loop.
 *
 * <p>{@code along} is how far neighbours are apart in the direction that has 4 outputs and 6 points, {@code across} in
 * the one that has 2 outputs and the points 0, 1, -1 and infinity: rows and columns change places by these.
 */
final class VectorEdgeInputs4 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;

  private VectorEdgeInputs4() {}

  /** As {@link TileTransform#input}. */
  static void input(float[] x, int from, int along, int across, float[] v, int to, int vAlong, int vAcross) {
    FloatVector x00 = FloatVector.fromArray(S, x, from);
    FloatVector x10 = FloatVector.fromArray(S, x, from + across);
    FloatVector x20 = FloatVector.fromArray(S, x, from + 2 * across);
    FloatVector x30 = FloatVector.fromArray(S, x, from + 3 * across);
    FloatVector a0 = x00.sub(x20).mul(4f);
    FloatVector b0 = x10.add(x20).mul(-3f);
    FloatVector c0 = x10.sub(x20).mul(3f);
    FloatVector e0 = x30.sub(x10);
    int i1 = from + along;
    FloatVector x01 = FloatVector.fromArray(S, x, i1);
    FloatVector x11 = FloatVector.fromArray(S, x, i1 + across);
    FloatVector x21 = FloatVector.fromArray(S, x, i1 + 2 * across);
    FloatVector x31 = FloatVector.fromArray(S, x, i1 + 3 * across);
    FloatVector a1 = x01.sub(x21).mul(4f);
    FloatVector b1 = x11.add(x21).mul(-3f);
    FloatVector c1 = x11.sub(x21).mul(3f);
    FloatVector e1 = x31.sub(x11);
    int i2 = from + 2 * along;
    FloatVector x02 = FloatVector.fromArray(S, x, i2);
    FloatVector x12 = FloatVector.fromArray(S, x, i2 + across);
    FloatVector x22 = FloatVector.fromArray(S, x, i2 + 2 * across);
    FloatVector x32 = FloatVector.fromArray(S, x, i2 + 3 * across);
    FloatVector a2 = x02.sub(x22).mul(4f);
    FloatVector b2 = x12.add(x22).mul(-3f);
    FloatVector c2 = x12.sub(x22).mul(3f);
    FloatVector e2 = x32.sub(x12);
    int i3 = from + 3 * along;
    FloatVector x03 = FloatVector.fromArray(S, x, i3);
    FloatVector x13 = FloatVector.fromArray(S, x, i3 + across);
    FloatVector x23 = FloatVector.fromArray(S, x, i3 + 2 * across);
    FloatVector x33 = FloatVector.fromArray(S, x, i3 + 3 * across);
    FloatVector a3 = x03.sub(x23).mul(4f);
    FloatVector b3 = x13.add(x23).mul(-3f);
    FloatVector c3 = x13.sub(x23).mul(3f);
    FloatVector e3 = x33.sub(x13);
    int i4 = from + 4 * along;
    FloatVector x04 = FloatVector.fromArray(S, x, i4);
    FloatVector x14 = FloatVector.fromArray(S, x, i4 + across);
    FloatVector x24 = FloatVector.fromArray(S, x, i4 + 2 * across);
    FloatVector x34 = FloatVector.fromArray(S, x, i4 + 3 * across);
    FloatVector a4 = x04.sub(x24).mul(4f);
    FloatVector b4 = x14.add(x24).mul(-3f);
    FloatVector c4 = x14.sub(x24).mul(3f);
    FloatVector e4 = x34.sub(x14);
    int i5 = from + 5 * along;
    FloatVector x05 = FloatVector.fromArray(S, x, i5);
    FloatVector x15 = FloatVector.fromArray(S, x, i5 + across);
    FloatVector x25 = FloatVector.fromArray(S, x, i5 + 2 * across);
    FloatVector x35 = FloatVector.fromArray(S, x, i5 + 3 * across);
    FloatVector a5 = x05.sub(x25).mul(4f);
    FloatVector b5 = x15.add(x25).mul(-3f);
    FloatVector c5 = x15.sub(x25).mul(3f);
    FloatVector e5 = x35.sub(x15);
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector minusTwo = FloatVector.broadcast(S, -2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    int o = to;
    FloatVector even = a2.fma(minusFour, a4);
    FloatVector odd = a1.fma(minusFour, a3);
    FloatVector even2 = a4.sub(a2);
    FloatVector odd2 = a3.sub(a1);
    a0.fma(four, a2.fma(minusFive, a4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + vAlong);
    even.sub(odd).intoArray(v, o + 2 * vAlong);
    odd2.fma(two, even2).intoArray(v, o + 3 * vAlong);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * vAlong);
    a1.fma(four, a3.fma(minusFive, a5)).intoArray(v, o + 5 * vAlong);
    o = to + vAcross;
    even = b2.fma(minusFour, b4);
    odd = b1.fma(minusFour, b3);
    even2 = b4.sub(b2);
    odd2 = b3.sub(b1);
    b0.fma(four, b2.fma(minusFive, b4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + vAlong);
    even.sub(odd).intoArray(v, o + 2 * vAlong);
    odd2.fma(two, even2).intoArray(v, o + 3 * vAlong);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * vAlong);
    b1.fma(four, b3.fma(minusFive, b5)).intoArray(v, o + 5 * vAlong);
    o = to + 2 * vAcross;
    even = c2.fma(minusFour, c4);
    odd = c1.fma(minusFour, c3);
    even2 = c4.sub(c2);
    odd2 = c3.sub(c1);
    c0.fma(four, c2.fma(minusFive, c4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + vAlong);
    even.sub(odd).intoArray(v, o + 2 * vAlong);
    odd2.fma(two, even2).intoArray(v, o + 3 * vAlong);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * vAlong);
    c1.fma(four, c3.fma(minusFive, c5)).intoArray(v, o + 5 * vAlong);
    o = to + 5 * vAcross;
    even = e2.fma(minusFour, e4);
    odd = e1.fma(minusFour, e3);
    even2 = e4.sub(e2);
    odd2 = e3.sub(e1);
    e0.fma(four, e2.fma(minusFive, e4)).intoArray(v, o);
    even.add(odd).intoArray(v, o + vAlong);
    even.sub(odd).intoArray(v, o + 2 * vAlong);
    odd2.fma(two, even2).intoArray(v, o + 3 * vAlong);
    odd2.fma(minusTwo, even2).intoArray(v, o + 4 * vAlong);
    e1.fma(four, e3.fma(minusFive, e5)).intoArray(v, o + 5 * vAlong);
  }

  /** As {@link TileTransform#inputGradient}, everywhere overwriting. */
  static void inputGradient(float[] v, int from, int vAlong, int vAcross, float[] x, int to, int along, int across) {
    FloatVector minusThree = FloatVector.broadcast(S, -3f);
    FloatVector v00 = FloatVector.fromArray(S, v, from);
    FloatVector v10 = FloatVector.fromArray(S, v, from + vAcross);
    FloatVector v20 = FloatVector.fromArray(S, v, from + 2 * vAcross);
    FloatVector e0 = FloatVector.fromArray(S, v, from + 5 * vAcross);
    FloatVector a0 = v00.mul(4f);
    FloatVector b0 = v20.sub(v10).mul(3f).sub(e0);
    FloatVector c0 = v10.add(v20).fma(minusThree, a0.neg());
    int i1 = from + vAlong;
    FloatVector v01 = FloatVector.fromArray(S, v, i1);
    FloatVector v11 = FloatVector.fromArray(S, v, i1 + vAcross);
    FloatVector v21 = FloatVector.fromArray(S, v, i1 + 2 * vAcross);
    FloatVector e1 = FloatVector.fromArray(S, v, i1 + 5 * vAcross);
    FloatVector a1 = v01.mul(4f);
    FloatVector b1 = v21.sub(v11).mul(3f).sub(e1);
    FloatVector c1 = v11.add(v21).fma(minusThree, a1.neg());
    int i2 = from + 2 * vAlong;
    FloatVector v02 = FloatVector.fromArray(S, v, i2);
    FloatVector v12 = FloatVector.fromArray(S, v, i2 + vAcross);
    FloatVector v22 = FloatVector.fromArray(S, v, i2 + 2 * vAcross);
    FloatVector e2 = FloatVector.fromArray(S, v, i2 + 5 * vAcross);
    FloatVector a2 = v02.mul(4f);
    FloatVector b2 = v22.sub(v12).mul(3f).sub(e2);
    FloatVector c2 = v12.add(v22).fma(minusThree, a2.neg());
    int i3 = from + 3 * vAlong;
    FloatVector v03 = FloatVector.fromArray(S, v, i3);
    FloatVector v13 = FloatVector.fromArray(S, v, i3 + vAcross);
    FloatVector v23 = FloatVector.fromArray(S, v, i3 + 2 * vAcross);
    FloatVector e3 = FloatVector.fromArray(S, v, i3 + 5 * vAcross);
    FloatVector a3 = v03.mul(4f);
    FloatVector b3 = v23.sub(v13).mul(3f).sub(e3);
    FloatVector c3 = v13.add(v23).fma(minusThree, a3.neg());
    int i4 = from + 4 * vAlong;
    FloatVector v04 = FloatVector.fromArray(S, v, i4);
    FloatVector v14 = FloatVector.fromArray(S, v, i4 + vAcross);
    FloatVector v24 = FloatVector.fromArray(S, v, i4 + 2 * vAcross);
    FloatVector e4 = FloatVector.fromArray(S, v, i4 + 5 * vAcross);
    FloatVector a4 = v04.mul(4f);
    FloatVector b4 = v24.sub(v14).mul(3f).sub(e4);
    FloatVector c4 = v14.add(v24).fma(minusThree, a4.neg());
    int i5 = from + 5 * vAlong;
    FloatVector v05 = FloatVector.fromArray(S, v, i5);
    FloatVector v15 = FloatVector.fromArray(S, v, i5 + vAcross);
    FloatVector v25 = FloatVector.fromArray(S, v, i5 + 2 * vAcross);
    FloatVector e5 = FloatVector.fromArray(S, v, i5 + 5 * vAcross);
    FloatVector a5 = v05.mul(4f);
    FloatVector b5 = v25.sub(v15).mul(3f).sub(e5);
    FloatVector c5 = v15.add(v25).fma(minusThree, a5.neg());
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    int o = to;
    FloatVector sum = a1.add(a2);
    FloatVector difference = a1.sub(a2);
    FloatVector sum2 = a3.add(a4);
    FloatVector twice = a3.sub(a4).mul(2f);
    a0.mul(four).intoArray(x, o);
    a5.sub(difference).fma(four, twice.neg()).intoArray(x, o + along);
    a0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * along);
    a5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * along);
    a0.add(sum).add(sum2).intoArray(x, o + 4 * along);
    a5.intoArray(x, o + 5 * along);
    o = to + across;
    sum = b1.add(b2);
    difference = b1.sub(b2);
    sum2 = b3.add(b4);
    twice = b3.sub(b4).mul(2f);
    b0.mul(four).intoArray(x, o);
    b5.sub(difference).fma(four, twice.neg()).intoArray(x, o + along);
    b0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * along);
    b5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * along);
    b0.add(sum).add(sum2).intoArray(x, o + 4 * along);
    b5.intoArray(x, o + 5 * along);
    o = to + 2 * across;
    sum = c1.add(c2);
    difference = c1.sub(c2);
    sum2 = c3.add(c4);
    twice = c3.sub(c4).mul(2f);
    c0.mul(four).intoArray(x, o);
    c5.sub(difference).fma(four, twice.neg()).intoArray(x, o + along);
    c0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * along);
    c5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * along);
    c0.add(sum).add(sum2).intoArray(x, o + 4 * along);
    c5.intoArray(x, o + 5 * along);
    o = to + 3 * across;
    sum = e1.add(e2);
    difference = e1.sub(e2);
    sum2 = e3.add(e4);
    twice = e3.sub(e4).mul(2f);
    e0.mul(four).intoArray(x, o);
    e5.sub(difference).fma(four, twice.neg()).intoArray(x, o + along);
    e0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * along);
    e5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * along);
    e0.add(sum).add(sum2).intoArray(x, o + 4 * along);
    e5.intoArray(x, o + 5 * along);
  }
}
