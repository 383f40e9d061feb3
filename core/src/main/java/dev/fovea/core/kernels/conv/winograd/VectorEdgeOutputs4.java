package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The maps of {@link VectorTransform4Edge} between planes and outputs, written as {@link VectorEdgeInputs4} is.
 *
 * <p>{@code along} is how far neighbours are apart in the direction that has 4 outputs and 6 points, {@code across} in
 * the one that has 2 outputs and the points 0, 1, -1 and infinity: rows and columns change places by these.
 */
final class VectorEdgeOutputs4 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;

  private VectorEdgeOutputs4() {}

  /** As {@link TileTransform#output}. */
  static void output(float[] v, int from, int vAlong, int vAcross, float[] start, int startOffset, float floor,
      float[] z, int to, int along, int across) {
    FloatVector v00 = FloatVector.fromArray(S, v, from);
    FloatVector v10 = FloatVector.fromArray(S, v, from + vAcross);
    FloatVector v20 = FloatVector.fromArray(S, v, from + 2 * vAcross);
    FloatVector v50 = FloatVector.fromArray(S, v, from + 5 * vAcross);
    FloatVector a0 = v00.add(v10).add(v20);
    FloatVector b0 = v10.sub(v20).add(v50);
    int i1 = from + vAlong;
    FloatVector v01 = FloatVector.fromArray(S, v, i1);
    FloatVector v11 = FloatVector.fromArray(S, v, i1 + vAcross);
    FloatVector v21 = FloatVector.fromArray(S, v, i1 + 2 * vAcross);
    FloatVector v51 = FloatVector.fromArray(S, v, i1 + 5 * vAcross);
    FloatVector a1 = v01.add(v11).add(v21);
    FloatVector b1 = v11.sub(v21).add(v51);
    int i2 = from + 2 * vAlong;
    FloatVector v02 = FloatVector.fromArray(S, v, i2);
    FloatVector v12 = FloatVector.fromArray(S, v, i2 + vAcross);
    FloatVector v22 = FloatVector.fromArray(S, v, i2 + 2 * vAcross);
    FloatVector v52 = FloatVector.fromArray(S, v, i2 + 5 * vAcross);
    FloatVector a2 = v02.add(v12).add(v22);
    FloatVector b2 = v12.sub(v22).add(v52);
    int i3 = from + 3 * vAlong;
    FloatVector v03 = FloatVector.fromArray(S, v, i3);
    FloatVector v13 = FloatVector.fromArray(S, v, i3 + vAcross);
    FloatVector v23 = FloatVector.fromArray(S, v, i3 + 2 * vAcross);
    FloatVector v53 = FloatVector.fromArray(S, v, i3 + 5 * vAcross);
    FloatVector a3 = v03.add(v13).add(v23);
    FloatVector b3 = v13.sub(v23).add(v53);
    int i4 = from + 4 * vAlong;
    FloatVector v04 = FloatVector.fromArray(S, v, i4);
    FloatVector v14 = FloatVector.fromArray(S, v, i4 + vAcross);
    FloatVector v24 = FloatVector.fromArray(S, v, i4 + 2 * vAcross);
    FloatVector v54 = FloatVector.fromArray(S, v, i4 + 5 * vAcross);
    FloatVector a4 = v04.add(v14).add(v24);
    FloatVector b4 = v14.sub(v24).add(v54);
    int i5 = from + 5 * vAlong;
    FloatVector v05 = FloatVector.fromArray(S, v, i5);
    FloatVector v15 = FloatVector.fromArray(S, v, i5 + vAcross);
    FloatVector v25 = FloatVector.fromArray(S, v, i5 + 2 * vAcross);
    FloatVector v55 = FloatVector.fromArray(S, v, i5 + 5 * vAcross);
    FloatVector a5 = v05.add(v15).add(v25);
    FloatVector b5 = v15.sub(v25).add(v55);
    FloatVector added = FloatVector.fromArray(S, start, startOffset);
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector eight = FloatVector.broadcast(S, 8f);
    FloatVector one = a1.add(added);
    FloatVector sum = one.add(a2);
    FloatVector difference = one.sub(a2);
    FloatVector sum2 = a3.add(a4);
    FloatVector difference2 = a3.sub(a4);
    FloatVector z0 = a0.add(sum).add(sum2);
    FloatVector z1 = difference2.fma(two, difference);
    FloatVector z2 = sum2.fma(four, sum);
    FloatVector z3 = difference2.fma(eight, difference).add(a5);
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + along);
    z2.blend(least, z2.compare(VectorOperators.LE, least)).intoArray(z, to + 2 * along);
    z3.blend(least, z3.compare(VectorOperators.LE, least)).intoArray(z, to + 3 * along);
    one = b1.add(added);
    sum = one.add(b2);
    difference = one.sub(b2);
    sum2 = b3.add(b4);
    difference2 = b3.sub(b4);
    z0 = b0.add(sum).add(sum2);
    z1 = difference2.fma(two, difference);
    z2 = sum2.fma(four, sum);
    z3 = difference2.fma(eight, difference).add(b5);
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to + across);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + across + along);
    z2.blend(least, z2.compare(VectorOperators.LE, least)).intoArray(z, to + across + 2 * along);
    z3.blend(least, z3.compare(VectorOperators.LE, least)).intoArray(z, to + across + 3 * along);
  }

  /** As {@link TileTransform#outputGradient}. */
  static void outputGradient(float[] z, int from, int along, int across, float[] q, int to, int qAlong, int qAcross) {
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector eight = FloatVector.broadcast(S, 8f);
    FloatVector za0 = FloatVector.fromArray(S, z, from);
    FloatVector za1 = FloatVector.fromArray(S, z, from + along);
    FloatVector za2 = FloatVector.fromArray(S, z, from + 2 * along);
    FloatVector za3 = FloatVector.fromArray(S, z, from + 3 * along);
    FloatVector even = za0.add(za2);
    FloatVector odd = za1.add(za3);
    FloatVector even2 = za2.fma(four, za0);
    FloatVector odd2 = za3.fma(eight, za1.add(za1));
    FloatVector a1 = even.add(odd);
    FloatVector a2 = even.sub(odd);
    FloatVector a3 = even2.add(odd2);
    FloatVector a4 = even2.sub(odd2);
    FloatVector zb0 = FloatVector.fromArray(S, z, from + across);
    FloatVector zb1 = FloatVector.fromArray(S, z, from + across + along);
    FloatVector zb2 = FloatVector.fromArray(S, z, from + across + 2 * along);
    FloatVector zb3 = FloatVector.fromArray(S, z, from + across + 3 * along);
    even = zb0.add(zb2);
    odd = zb1.add(zb3);
    even2 = zb2.fma(four, zb0);
    odd2 = zb3.fma(eight, zb1.add(zb1));
    FloatVector b1 = even.add(odd);
    FloatVector b2 = even.sub(odd);
    FloatVector b3 = even2.add(odd2);
    FloatVector b4 = even2.sub(odd2);
    int o0 = to;
    za0.intoArray(q, o0);
    za0.add(zb0).intoArray(q, o0 + qAcross);
    za0.sub(zb0).intoArray(q, o0 + 2 * qAcross);
    zb0.intoArray(q, o0 + 5 * qAcross);
    int o1 = to + qAlong;
    a1.intoArray(q, o1);
    a1.add(b1).intoArray(q, o1 + qAcross);
    a1.sub(b1).intoArray(q, o1 + 2 * qAcross);
    b1.intoArray(q, o1 + 5 * qAcross);
    int o2 = to + 2 * qAlong;
    a2.intoArray(q, o2);
    a2.add(b2).intoArray(q, o2 + qAcross);
    a2.sub(b2).intoArray(q, o2 + 2 * qAcross);
    b2.intoArray(q, o2 + 5 * qAcross);
    int o3 = to + 3 * qAlong;
    a3.intoArray(q, o3);
    a3.add(b3).intoArray(q, o3 + qAcross);
    a3.sub(b3).intoArray(q, o3 + 2 * qAcross);
    b3.intoArray(q, o3 + 5 * qAcross);
    int o4 = to + 4 * qAlong;
    a4.intoArray(q, o4);
    a4.add(b4).intoArray(q, o4 + qAcross);
    a4.sub(b4).intoArray(q, o4 + 2 * qAcross);
    b4.intoArray(q, o4 + 5 * qAcross);
    int o5 = to + 5 * qAlong;
    za3.intoArray(q, o5);
    za3.add(zb3).intoArray(q, o5 + qAcross);
    za3.sub(zb3).intoArray(q, o5 + 2 * qAcross);
    zb3.intoArray(q, o5 + 5 * qAcross);
  }
}
