package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link TileTransform#inputGradient} of {@link VectorTransform4} for one vector of channels, in two parts as {@link
 * VectorInputs4}.
 */
final class VectorInputGradients4 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int WIDTH = Blocks.WIDTH;

  private VectorInputGradients4() {}

  /** As {@link TileTransform#inputGradient}, everywhere overwriting. */
  static void inputGradient(float[] v, int from, int plane, float[] x, int to, int stride) {
    inner(v, from, plane, x, to, stride);
    outer(v, from, plane, x, to, stride);
  }

  /** The four rows in the middle. */
  private static void inner(float[] v, int from, int plane, float[] x, int to, int stride) {
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector v00 = FloatVector.fromArray(S, v, from);
    FloatVector v10 = FloatVector.fromArray(S, v, from + 6 * plane);
    FloatVector v20 = FloatVector.fromArray(S, v, from + 12 * plane);
    FloatVector v30 = FloatVector.fromArray(S, v, from + 18 * plane);
    FloatVector v40 = FloatVector.fromArray(S, v, from + 24 * plane);
    FloatVector v50 = FloatVector.fromArray(S, v, from + 30 * plane);
    FloatVector plus = v10.add(v20);
    FloatVector minus = v10.sub(v20);
    FloatVector plus2 = v30.add(v40);
    FloatVector minus2 = v30.sub(v40).mul(2f);
    FloatVector a0 = v50.sub(minus).fma(four, minus2.neg());
    FloatVector b0 = v00.fma(minusFive, plus.fma(minusFour, plus2.neg()));
    FloatVector c0 = v50.fma(minusFive, minus2.add(minus));
    FloatVector e0 = v00.add(plus).add(plus2);
    int i1 = from + plane;
    FloatVector v01 = FloatVector.fromArray(S, v, i1);
    FloatVector v11 = FloatVector.fromArray(S, v, i1 + 6 * plane);
    FloatVector v21 = FloatVector.fromArray(S, v, i1 + 12 * plane);
    FloatVector v31 = FloatVector.fromArray(S, v, i1 + 18 * plane);
    FloatVector v41 = FloatVector.fromArray(S, v, i1 + 24 * plane);
    FloatVector v51 = FloatVector.fromArray(S, v, i1 + 30 * plane);
    plus = v11.add(v21);
    minus = v11.sub(v21);
    plus2 = v31.add(v41);
    minus2 = v31.sub(v41).mul(2f);
    FloatVector a1 = v51.sub(minus).fma(four, minus2.neg());
    FloatVector b1 = v01.fma(minusFive, plus.fma(minusFour, plus2.neg()));
    FloatVector c1 = v51.fma(minusFive, minus2.add(minus));
    FloatVector e1 = v01.add(plus).add(plus2);
    int i2 = from + 2 * plane;
    FloatVector v02 = FloatVector.fromArray(S, v, i2);
    FloatVector v12 = FloatVector.fromArray(S, v, i2 + 6 * plane);
    FloatVector v22 = FloatVector.fromArray(S, v, i2 + 12 * plane);
    FloatVector v32 = FloatVector.fromArray(S, v, i2 + 18 * plane);
    FloatVector v42 = FloatVector.fromArray(S, v, i2 + 24 * plane);
    FloatVector v52 = FloatVector.fromArray(S, v, i2 + 30 * plane);
    plus = v12.add(v22);
    minus = v12.sub(v22);
    plus2 = v32.add(v42);
    minus2 = v32.sub(v42).mul(2f);
    FloatVector a2 = v52.sub(minus).fma(four, minus2.neg());
    FloatVector b2 = v02.fma(minusFive, plus.fma(minusFour, plus2.neg()));
    FloatVector c2 = v52.fma(minusFive, minus2.add(minus));
    FloatVector e2 = v02.add(plus).add(plus2);
    int i3 = from + 3 * plane;
    FloatVector v03 = FloatVector.fromArray(S, v, i3);
    FloatVector v13 = FloatVector.fromArray(S, v, i3 + 6 * plane);
    FloatVector v23 = FloatVector.fromArray(S, v, i3 + 12 * plane);
    FloatVector v33 = FloatVector.fromArray(S, v, i3 + 18 * plane);
    FloatVector v43 = FloatVector.fromArray(S, v, i3 + 24 * plane);
    FloatVector v53 = FloatVector.fromArray(S, v, i3 + 30 * plane);
    plus = v13.add(v23);
    minus = v13.sub(v23);
    plus2 = v33.add(v43);
    minus2 = v33.sub(v43).mul(2f);
    FloatVector a3 = v53.sub(minus).fma(four, minus2.neg());
    FloatVector b3 = v03.fma(minusFive, plus.fma(minusFour, plus2.neg()));
    FloatVector c3 = v53.fma(minusFive, minus2.add(minus));
    FloatVector e3 = v03.add(plus).add(plus2);
    int i4 = from + 4 * plane;
    FloatVector v04 = FloatVector.fromArray(S, v, i4);
    FloatVector v14 = FloatVector.fromArray(S, v, i4 + 6 * plane);
    FloatVector v24 = FloatVector.fromArray(S, v, i4 + 12 * plane);
    FloatVector v34 = FloatVector.fromArray(S, v, i4 + 18 * plane);
    FloatVector v44 = FloatVector.fromArray(S, v, i4 + 24 * plane);
    FloatVector v54 = FloatVector.fromArray(S, v, i4 + 30 * plane);
    plus = v14.add(v24);
    minus = v14.sub(v24);
    plus2 = v34.add(v44);
    minus2 = v34.sub(v44).mul(2f);
    FloatVector a4 = v54.sub(minus).fma(four, minus2.neg());
    FloatVector b4 = v04.fma(minusFive, plus.fma(minusFour, plus2.neg()));
    FloatVector c4 = v54.fma(minusFive, minus2.add(minus));
    FloatVector e4 = v04.add(plus).add(plus2);
    int i5 = from + 5 * plane;
    FloatVector v05 = FloatVector.fromArray(S, v, i5);
    FloatVector v15 = FloatVector.fromArray(S, v, i5 + 6 * plane);
    FloatVector v25 = FloatVector.fromArray(S, v, i5 + 12 * plane);
    FloatVector v35 = FloatVector.fromArray(S, v, i5 + 18 * plane);
    FloatVector v45 = FloatVector.fromArray(S, v, i5 + 24 * plane);
    FloatVector v55 = FloatVector.fromArray(S, v, i5 + 30 * plane);
    plus = v15.add(v25);
    minus = v15.sub(v25);
    plus2 = v35.add(v45);
    minus2 = v35.sub(v45).mul(2f);
    FloatVector a5 = v55.sub(minus).fma(four, minus2.neg());
    FloatVector b5 = v05.fma(minusFive, plus.fma(minusFour, plus2.neg()));
    FloatVector c5 = v55.fma(minusFive, minus2.add(minus));
    FloatVector e5 = v05.add(plus).add(plus2);
    int o = to + stride;
    FloatVector sum = a1.add(a2);
    FloatVector difference = a1.sub(a2);
    FloatVector sum2 = a3.add(a4);
    FloatVector twice = a3.sub(a4).mul(2f);
    a0.mul(four).intoArray(x, o);
    a5.sub(difference).fma(four, twice.neg()).intoArray(x, o + WIDTH);
    a0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * WIDTH);
    a5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * WIDTH);
    a0.add(sum).add(sum2).intoArray(x, o + 4 * WIDTH);
    a5.intoArray(x, o + 5 * WIDTH);
    o = to + 2 * stride;
    sum = b1.add(b2);
    difference = b1.sub(b2);
    sum2 = b3.add(b4);
    twice = b3.sub(b4).mul(2f);
    b0.mul(four).intoArray(x, o);
    b5.sub(difference).fma(four, twice.neg()).intoArray(x, o + WIDTH);
    b0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * WIDTH);
    b5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * WIDTH);
    b0.add(sum).add(sum2).intoArray(x, o + 4 * WIDTH);
    b5.intoArray(x, o + 5 * WIDTH);
    o = to + 3 * stride;
    sum = c1.add(c2);
    difference = c1.sub(c2);
    sum2 = c3.add(c4);
    twice = c3.sub(c4).mul(2f);
    c0.mul(four).intoArray(x, o);
    c5.sub(difference).fma(four, twice.neg()).intoArray(x, o + WIDTH);
    c0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * WIDTH);
    c5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * WIDTH);
    c0.add(sum).add(sum2).intoArray(x, o + 4 * WIDTH);
    c5.intoArray(x, o + 5 * WIDTH);
    o = to + 4 * stride;
    sum = e1.add(e2);
    difference = e1.sub(e2);
    sum2 = e3.add(e4);
    twice = e3.sub(e4).mul(2f);
    e0.mul(four).intoArray(x, o);
    e5.sub(difference).fma(four, twice.neg()).intoArray(x, o + WIDTH);
    e0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * WIDTH);
    e5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * WIDTH);
    e0.add(sum).add(sum2).intoArray(x, o + 4 * WIDTH);
    e5.intoArray(x, o + 5 * WIDTH);
  }

  /** The first row and the last. */
  private static void outer(float[] v, int from, int plane, float[] x, int to, int stride) {
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector a0 = FloatVector.fromArray(S, v, from).mul(four);
    FloatVector b0 = FloatVector.fromArray(S, v, from + 30 * plane);
    FloatVector a1 = FloatVector.fromArray(S, v, from + plane).mul(four);
    FloatVector b1 = FloatVector.fromArray(S, v, from + 31 * plane);
    FloatVector a2 = FloatVector.fromArray(S, v, from + 2 * plane).mul(four);
    FloatVector b2 = FloatVector.fromArray(S, v, from + 32 * plane);
    FloatVector a3 = FloatVector.fromArray(S, v, from + 3 * plane).mul(four);
    FloatVector b3 = FloatVector.fromArray(S, v, from + 33 * plane);
    FloatVector a4 = FloatVector.fromArray(S, v, from + 4 * plane).mul(four);
    FloatVector b4 = FloatVector.fromArray(S, v, from + 34 * plane);
    FloatVector a5 = FloatVector.fromArray(S, v, from + 5 * plane).mul(four);
    FloatVector b5 = FloatVector.fromArray(S, v, from + 35 * plane);
    int o = to;
    FloatVector sum = a1.add(a2);
    FloatVector difference = a1.sub(a2);
    FloatVector sum2 = a3.add(a4);
    FloatVector twice = a3.sub(a4).mul(2f);
    a0.mul(four).intoArray(x, o);
    a5.sub(difference).fma(four, twice.neg()).intoArray(x, o + WIDTH);
    a0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * WIDTH);
    a5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * WIDTH);
    a0.add(sum).add(sum2).intoArray(x, o + 4 * WIDTH);
    a5.intoArray(x, o + 5 * WIDTH);
    o = to + 5 * stride;
    sum = b1.add(b2);
    difference = b1.sub(b2);
    sum2 = b3.add(b4);
    twice = b3.sub(b4).mul(2f);
    b0.mul(four).intoArray(x, o);
    b5.sub(difference).fma(four, twice.neg()).intoArray(x, o + WIDTH);
    b0.fma(minusFive, sum.fma(minusFour, sum2.neg())).intoArray(x, o + 2 * WIDTH);
    b5.fma(minusFive, twice.add(difference)).intoArray(x, o + 3 * WIDTH);
    b0.add(sum).add(sum2).intoArray(x, o + 4 * WIDTH);
    b5.intoArray(x, o + 5 * WIDTH);
  }
}
