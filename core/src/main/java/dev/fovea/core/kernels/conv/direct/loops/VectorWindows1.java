package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#pooled} in SIMD: 3 windows of 4 pixels by 1 vector of filters, held in 12 accumulators while
 * the taps go by. Written as {@link VectorProducts1} is, for the same reasons. The pixels of a window that lie side by
 * side are read at neighbouring places, which C2 checks together.
 */
final class VectorWindows1 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();

  private VectorWindows1() {}

  static void run(int[] windows, int first, int[] taps, int count, float[] x, int xOffset, int xRow,
      float[] w, int wOffset, float[] start, int startOffset, float floor,
      float[] y, int yOffset, int[] chosen, int chosenOffset) {
    int upper0 = xOffset + windows[4 * first];
    int lower0 = upper0 + xRow;
    int upper1 = xOffset + windows[4 * (first + 1)];
    int lower1 = upper1 + xRow;
    int upper2 = xOffset + windows[4 * (first + 2)];
    int lower2 = upper2 + xRow;
    FloatVector a0 = FloatVector.fromArray(S, start, startOffset);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    FloatVector a8 = a0;
    FloatVector a9 = a0;
    FloatVector a10 = a0;
    FloatVector a11 = a0;
    for (int t = 0; t < count; t++) {
      int tap = taps[t];
      FloatVector wa = FloatVector.fromArray(S, w, wOffset + t * L);
      FloatVector v = FloatVector.broadcast(S, x[upper0 + tap]);
      a0 = v.fma(wa, a0);
      v = FloatVector.broadcast(S, x[upper0 + tap + 1]);
      a1 = v.fma(wa, a1);
      v = FloatVector.broadcast(S, x[lower0 + tap]);
      a2 = v.fma(wa, a2);
      v = FloatVector.broadcast(S, x[lower0 + tap + 1]);
      a3 = v.fma(wa, a3);
      v = FloatVector.broadcast(S, x[upper1 + tap]);
      a4 = v.fma(wa, a4);
      v = FloatVector.broadcast(S, x[upper1 + tap + 1]);
      a5 = v.fma(wa, a5);
      v = FloatVector.broadcast(S, x[lower1 + tap]);
      a6 = v.fma(wa, a6);
      v = FloatVector.broadcast(S, x[lower1 + tap + 1]);
      a7 = v.fma(wa, a7);
      v = FloatVector.broadcast(S, x[upper2 + tap]);
      a8 = v.fma(wa, a8);
      v = FloatVector.broadcast(S, x[upper2 + tap + 1]);
      a9 = v.fma(wa, a9);
      v = FloatVector.broadcast(S, x[lower2 + tap]);
      a10 = v.fma(wa, a10);
      v = FloatVector.broadcast(S, x[lower2 + tap + 1]);
      a11 = v.fma(wa, a11);
    }
    // Not max, which costs extra work for NaN: what compares below the floor becomes it, NaN compares as nothing.
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector zero = FloatVector.zero(S);
    FloatVector one = FloatVector.broadcast(S, Float.intBitsToFloat(1));
    FloatVector two = FloatVector.broadcast(S, Float.intBitsToFloat(2));
    FloatVector three = FloatVector.broadcast(S, Float.intBitsToFloat(3));
    FloatVector top;
    FloatVector bottom;
    FloatVector number;
    IntVector bits;
    int yi = yOffset + windows[4 * first + 1];
    int ci = chosenOffset + windows[4 * first + 2];
    int shift = windows[4 * first + 3];
    top = a0.max(a1);
    bottom = a2.max(a3);
    number = three.blend(two, a2.compare(VectorOperators.GE, a3))
        .blend(one.blend(zero, a0.compare(VectorOperators.GE, a1)), top.compare(VectorOperators.GE, bottom));
    top = top.max(bottom);
    top.blend(least, top.compare(VectorOperators.LT, least)).intoArray(y, yi);
    bits = number.reinterpretAsInts().lanewise(VectorOperators.LSHL, shift);
    IntVector.fromArray(I, chosen, ci).or(bits).intoArray(chosen, ci);
    yi = yOffset + windows[4 * (first + 1) + 1];
    ci = chosenOffset + windows[4 * (first + 1) + 2];
    shift = windows[4 * (first + 1) + 3];
    top = a4.max(a5);
    bottom = a6.max(a7);
    number = three.blend(two, a6.compare(VectorOperators.GE, a7))
        .blend(one.blend(zero, a4.compare(VectorOperators.GE, a5)), top.compare(VectorOperators.GE, bottom));
    top = top.max(bottom);
    top.blend(least, top.compare(VectorOperators.LT, least)).intoArray(y, yi);
    bits = number.reinterpretAsInts().lanewise(VectorOperators.LSHL, shift);
    IntVector.fromArray(I, chosen, ci).or(bits).intoArray(chosen, ci);
    yi = yOffset + windows[4 * (first + 2) + 1];
    ci = chosenOffset + windows[4 * (first + 2) + 2];
    shift = windows[4 * (first + 2) + 3];
    top = a8.max(a9);
    bottom = a10.max(a11);
    number = three.blend(two, a10.compare(VectorOperators.GE, a11))
        .blend(one.blend(zero, a8.compare(VectorOperators.GE, a9)), top.compare(VectorOperators.GE, bottom));
    top = top.max(bottom);
    top.blend(least, top.compare(VectorOperators.LT, least)).intoArray(y, yi);
    bits = number.reinterpretAsInts().lanewise(VectorOperators.LSHL, shift);
    IntVector.fromArray(I, chosen, ci).or(bits).intoArray(chosen, ci);
  }
}
