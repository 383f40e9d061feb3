package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The maps of {@link VectorTransform4Edge} for one vector of channels and tiles that are low in both directions, where
 * 16 vectors are all there are: written as {@link VectorEdgeInputs4} is.
 */
final class VectorCorners4 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int WIDTH = Blocks.WIDTH;

  private VectorCorners4() {}

  /** As {@link TileTransform#input}. */
  static void input(float[] x, int from, int stride, float[] v, int to, int plane) {
    FloatVector x00 = FloatVector.fromArray(S, x, from);
    FloatVector x10 = FloatVector.fromArray(S, x, from + stride);
    FloatVector x20 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector x30 = FloatVector.fromArray(S, x, from + 3 * stride);
    FloatVector a0 = x00.sub(x20).mul(4f);
    FloatVector b0 = x10.add(x20).mul(-3f);
    FloatVector c0 = x10.sub(x20).mul(3f);
    FloatVector e0 = x30.sub(x10);
    int i1 = from + WIDTH;
    FloatVector x01 = FloatVector.fromArray(S, x, i1);
    FloatVector x11 = FloatVector.fromArray(S, x, i1 + stride);
    FloatVector x21 = FloatVector.fromArray(S, x, i1 + 2 * stride);
    FloatVector x31 = FloatVector.fromArray(S, x, i1 + 3 * stride);
    FloatVector a1 = x01.sub(x21).mul(4f);
    FloatVector b1 = x11.add(x21).mul(-3f);
    FloatVector c1 = x11.sub(x21).mul(3f);
    FloatVector e1 = x31.sub(x11);
    int i2 = from + 2 * WIDTH;
    FloatVector x02 = FloatVector.fromArray(S, x, i2);
    FloatVector x12 = FloatVector.fromArray(S, x, i2 + stride);
    FloatVector x22 = FloatVector.fromArray(S, x, i2 + 2 * stride);
    FloatVector x32 = FloatVector.fromArray(S, x, i2 + 3 * stride);
    FloatVector a2 = x02.sub(x22).mul(4f);
    FloatVector b2 = x12.add(x22).mul(-3f);
    FloatVector c2 = x12.sub(x22).mul(3f);
    FloatVector e2 = x32.sub(x12);
    int i3 = from + 3 * WIDTH;
    FloatVector x03 = FloatVector.fromArray(S, x, i3);
    FloatVector x13 = FloatVector.fromArray(S, x, i3 + stride);
    FloatVector x23 = FloatVector.fromArray(S, x, i3 + 2 * stride);
    FloatVector x33 = FloatVector.fromArray(S, x, i3 + 3 * stride);
    FloatVector a3 = x03.sub(x23).mul(4f);
    FloatVector b3 = x13.add(x23).mul(-3f);
    FloatVector c3 = x13.sub(x23).mul(3f);
    FloatVector e3 = x33.sub(x13);
    int o = to;
    a0.sub(a2).mul(4f).intoArray(v, o);
    a1.add(a2).mul(-3f).intoArray(v, o + plane);
    a1.sub(a2).mul(3f).intoArray(v, o + 2 * plane);
    a3.sub(a1).intoArray(v, o + 5 * plane);
    o = to + 6 * plane;
    b0.sub(b2).mul(4f).intoArray(v, o);
    b1.add(b2).mul(-3f).intoArray(v, o + plane);
    b1.sub(b2).mul(3f).intoArray(v, o + 2 * plane);
    b3.sub(b1).intoArray(v, o + 5 * plane);
    o = to + 12 * plane;
    c0.sub(c2).mul(4f).intoArray(v, o);
    c1.add(c2).mul(-3f).intoArray(v, o + plane);
    c1.sub(c2).mul(3f).intoArray(v, o + 2 * plane);
    c3.sub(c1).intoArray(v, o + 5 * plane);
    o = to + 30 * plane;
    e0.sub(e2).mul(4f).intoArray(v, o);
    e1.add(e2).mul(-3f).intoArray(v, o + plane);
    e1.sub(e2).mul(3f).intoArray(v, o + 2 * plane);
    e3.sub(e1).intoArray(v, o + 5 * plane);
  }

  /** As {@link TileTransform#output}. */
  static void output(float[] v, int from, int plane, float[] start, int startOffset, float floor, float[] z, int to,
      int stride) {
    FloatVector v00 = FloatVector.fromArray(S, v, from);
    FloatVector v10 = FloatVector.fromArray(S, v, from + 6 * plane);
    FloatVector v20 = FloatVector.fromArray(S, v, from + 12 * plane);
    FloatVector v50 = FloatVector.fromArray(S, v, from + 30 * plane);
    FloatVector a0 = v00.add(v10).add(v20);
    FloatVector b0 = v10.sub(v20).add(v50);
    int i1 = from + plane;
    FloatVector v01 = FloatVector.fromArray(S, v, i1);
    FloatVector v11 = FloatVector.fromArray(S, v, i1 + 6 * plane);
    FloatVector v21 = FloatVector.fromArray(S, v, i1 + 12 * plane);
    FloatVector v51 = FloatVector.fromArray(S, v, i1 + 30 * plane);
    FloatVector a1 = v01.add(v11).add(v21);
    FloatVector b1 = v11.sub(v21).add(v51);
    int i2 = from + 2 * plane;
    FloatVector v02 = FloatVector.fromArray(S, v, i2);
    FloatVector v12 = FloatVector.fromArray(S, v, i2 + 6 * plane);
    FloatVector v22 = FloatVector.fromArray(S, v, i2 + 12 * plane);
    FloatVector v52 = FloatVector.fromArray(S, v, i2 + 30 * plane);
    FloatVector a2 = v02.add(v12).add(v22);
    FloatVector b2 = v12.sub(v22).add(v52);
    int i5 = from + 5 * plane;
    FloatVector v05 = FloatVector.fromArray(S, v, i5);
    FloatVector v15 = FloatVector.fromArray(S, v, i5 + 6 * plane);
    FloatVector v25 = FloatVector.fromArray(S, v, i5 + 12 * plane);
    FloatVector v55 = FloatVector.fromArray(S, v, i5 + 30 * plane);
    FloatVector a5 = v05.add(v15).add(v25);
    FloatVector b5 = v15.sub(v25).add(v55);
    FloatVector added = FloatVector.fromArray(S, start, startOffset);
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector one = a1.add(added);
    FloatVector z0 = a0.add(one).add(a2);
    FloatVector z1 = one.sub(a2).add(a5);
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + WIDTH);
    one = b1.add(added);
    z0 = b0.add(one).add(b2);
    z1 = one.sub(b2).add(b5);
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to + stride);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + stride + WIDTH);
  }

  /** As {@link TileTransform#outputGradient}. */
  static void outputGradient(float[] z, int from, int stride, float[] q, int to, int plane) {
    FloatVector a0 = FloatVector.fromArray(S, z, from);
    FloatVector a3 = FloatVector.fromArray(S, z, from + WIDTH);
    FloatVector b0 = FloatVector.fromArray(S, z, from + stride);
    FloatVector b3 = FloatVector.fromArray(S, z, from + stride + WIDTH);
    FloatVector a1 = a0.add(a3);
    FloatVector a2 = a0.sub(a3);
    FloatVector b1 = b0.add(b3);
    FloatVector b2 = b0.sub(b3);
    int o0 = to;
    a0.intoArray(q, o0);
    a0.add(b0).intoArray(q, o0 + 6 * plane);
    a0.sub(b0).intoArray(q, o0 + 12 * plane);
    b0.intoArray(q, o0 + 30 * plane);
    int o1 = to + plane;
    a1.intoArray(q, o1);
    a1.add(b1).intoArray(q, o1 + 6 * plane);
    a1.sub(b1).intoArray(q, o1 + 12 * plane);
    b1.intoArray(q, o1 + 30 * plane);
    int o2 = to + 2 * plane;
    a2.intoArray(q, o2);
    a2.add(b2).intoArray(q, o2 + 6 * plane);
    a2.sub(b2).intoArray(q, o2 + 12 * plane);
    b2.intoArray(q, o2 + 30 * plane);
    int o5 = to + 5 * plane;
    a3.intoArray(q, o5);
    a3.add(b3).intoArray(q, o5 + 6 * plane);
    a3.sub(b3).intoArray(q, o5 + 12 * plane);
    b3.intoArray(q, o5 + 30 * plane);
  }

  /** As {@link TileTransform#inputGradient}, everywhere overwriting; rows of x are {@code stride} apart. */
  static void inputGradient(float[] v, int from, int plane, float[] x, int to, int stride) {
    FloatVector minusThree = FloatVector.broadcast(S, -3f);
    FloatVector v00 = FloatVector.fromArray(S, v, from);
    FloatVector v10 = FloatVector.fromArray(S, v, from + 6 * plane);
    FloatVector v20 = FloatVector.fromArray(S, v, from + 12 * plane);
    FloatVector e0 = FloatVector.fromArray(S, v, from + 30 * plane);
    FloatVector a0 = v00.mul(4f);
    FloatVector b0 = v20.sub(v10).mul(3f).sub(e0);
    FloatVector c0 = v10.add(v20).fma(minusThree, a0.neg());
    int i1 = from + plane;
    FloatVector v01 = FloatVector.fromArray(S, v, i1);
    FloatVector v11 = FloatVector.fromArray(S, v, i1 + 6 * plane);
    FloatVector v21 = FloatVector.fromArray(S, v, i1 + 12 * plane);
    FloatVector e1 = FloatVector.fromArray(S, v, i1 + 30 * plane);
    FloatVector a1 = v01.mul(4f);
    FloatVector b1 = v21.sub(v11).mul(3f).sub(e1);
    FloatVector c1 = v11.add(v21).fma(minusThree, a1.neg());
    int i2 = from + 2 * plane;
    FloatVector v02 = FloatVector.fromArray(S, v, i2);
    FloatVector v12 = FloatVector.fromArray(S, v, i2 + 6 * plane);
    FloatVector v22 = FloatVector.fromArray(S, v, i2 + 12 * plane);
    FloatVector e2 = FloatVector.fromArray(S, v, i2 + 30 * plane);
    FloatVector a2 = v02.mul(4f);
    FloatVector b2 = v22.sub(v12).mul(3f).sub(e2);
    FloatVector c2 = v12.add(v22).fma(minusThree, a2.neg());
    int i5 = from + 5 * plane;
    FloatVector v05 = FloatVector.fromArray(S, v, i5);
    FloatVector v15 = FloatVector.fromArray(S, v, i5 + 6 * plane);
    FloatVector v25 = FloatVector.fromArray(S, v, i5 + 12 * plane);
    FloatVector e3 = FloatVector.fromArray(S, v, i5 + 30 * plane);
    FloatVector a3 = v05.mul(4f);
    FloatVector b3 = v25.sub(v15).mul(3f).sub(e3);
    FloatVector c3 = v15.add(v25).fma(minusThree, a3.neg());
    int o = to;
    FloatVector first = a0.mul(4f);
    first.intoArray(x, o);
    a2.sub(a1).mul(3f).sub(a3).intoArray(x, o + WIDTH);
    a1.add(a2).fma(minusThree, first.neg()).intoArray(x, o + 2 * WIDTH);
    a3.intoArray(x, o + 3 * WIDTH);
    o = to + stride;
    first = b0.mul(4f);
    first.intoArray(x, o);
    b2.sub(b1).mul(3f).sub(b3).intoArray(x, o + WIDTH);
    b1.add(b2).fma(minusThree, first.neg()).intoArray(x, o + 2 * WIDTH);
    b3.intoArray(x, o + 3 * WIDTH);
    o = to + 2 * stride;
    first = c0.mul(4f);
    first.intoArray(x, o);
    c2.sub(c1).mul(3f).sub(c3).intoArray(x, o + WIDTH);
    c1.add(c2).fma(minusThree, first.neg()).intoArray(x, o + 2 * WIDTH);
    c3.intoArray(x, o + 3 * WIDTH);
    o = to + 3 * stride;
    first = e0.mul(4f);
    first.intoArray(x, o);
    e2.sub(e1).mul(3f).sub(e3).intoArray(x, o + WIDTH);
    e1.add(e2).fma(minusThree, first.neg()).intoArray(x, o + 2 * WIDTH);
    e3.intoArray(x, o + 3 * WIDTH);
  }
}
