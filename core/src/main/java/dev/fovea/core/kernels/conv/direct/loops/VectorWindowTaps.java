package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link DirectKernels#pooledTaps} in SIMD: 9 taps and the bias by 1 vector of filters, held in 10 accumulators while
 * the windows go by. The gradients of a window's four pixels are four vectors, zero where another pixel was chosen;
 * each of the 16 values of x that they meet is read once. Written as {@link VectorProducts1} is, for the same reasons.
 */
final class VectorWindowTaps {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
  private static final int L = S.length();

  private VectorWindowTaps() {}

  static void run(int[] windows, int count, float[] x, int xOffset, int xRow, float[] y, float[] dy, int yOffset,
      float floor, int[] chosen, int chosenOffset, float[] dw, int dwOffset) {
    FloatVector a0 = FloatVector.fromArray(S, dw, dwOffset);
    FloatVector a1 = FloatVector.fromArray(S, dw, dwOffset + L);
    FloatVector a2 = FloatVector.fromArray(S, dw, dwOffset + 2 * L);
    FloatVector a3 = FloatVector.fromArray(S, dw, dwOffset + 3 * L);
    FloatVector a4 = FloatVector.fromArray(S, dw, dwOffset + 4 * L);
    FloatVector a5 = FloatVector.fromArray(S, dw, dwOffset + 5 * L);
    FloatVector a6 = FloatVector.fromArray(S, dw, dwOffset + 6 * L);
    FloatVector a7 = FloatVector.fromArray(S, dw, dwOffset + 7 * L);
    FloatVector a8 = FloatVector.fromArray(S, dw, dwOffset + 8 * L);
    FloatVector sum = FloatVector.fromArray(S, dw, dwOffset + 9 * L);
    FloatVector least = FloatVector.broadcast(S, floor);
    IntVector zero = IntVector.zero(I);
    for (int k = 0; k < 4 * count; k += 4) {
      int row = xOffset + windows[k];
      int yi = yOffset + windows[k + 1];
      int ci = chosenOffset + windows[k + 2];
      int shift = windows[k + 3];
      FloatVector slope = FloatVector.fromArray(S, dy, yi)
          .blend(0f, FloatVector.fromArray(S, y, yi).compare(VectorOperators.LE, least));
      sum = sum.add(slope);
      IntVector gradient = slope.reinterpretAsInts();
      IntVector number = IntVector.fromArray(I, chosen, ci).lanewise(VectorOperators.LSHR, shift).and(0xFF);
      FloatVector g0 = zero.blend(gradient, number.compare(VectorOperators.EQ, 0)).reinterpretAsFloats();
      FloatVector g1 = zero.blend(gradient, number.compare(VectorOperators.EQ, 1)).reinterpretAsFloats();
      FloatVector g2 = zero.blend(gradient, number.compare(VectorOperators.EQ, 2)).reinterpretAsFloats();
      FloatVector g3 = zero.blend(gradient, number.compare(VectorOperators.EQ, 3)).reinterpretAsFloats();
      FloatVector v = FloatVector.broadcast(S, x[row]);
      a0 = v.fma(g0, a0);
      v = FloatVector.broadcast(S, x[row + 1]);
      a1 = v.fma(g0, a1);
      a0 = v.fma(g1, a0);
      v = FloatVector.broadcast(S, x[row + 2]);
      a2 = v.fma(g0, a2);
      a1 = v.fma(g1, a1);
      v = FloatVector.broadcast(S, x[row + 3]);
      a2 = v.fma(g1, a2);
      row += xRow;
      v = FloatVector.broadcast(S, x[row]);
      a3 = v.fma(g0, a3);
      a0 = v.fma(g2, a0);
      v = FloatVector.broadcast(S, x[row + 1]);
      a4 = v.fma(g0, a4);
      a3 = v.fma(g1, a3);
      a1 = v.fma(g2, a1);
      a0 = v.fma(g3, a0);
      v = FloatVector.broadcast(S, x[row + 2]);
      a5 = v.fma(g0, a5);
      a4 = v.fma(g1, a4);
      a2 = v.fma(g2, a2);
      a1 = v.fma(g3, a1);
      v = FloatVector.broadcast(S, x[row + 3]);
      a5 = v.fma(g1, a5);
      a2 = v.fma(g3, a2);
      row += xRow;
      v = FloatVector.broadcast(S, x[row]);
      a6 = v.fma(g0, a6);
      a3 = v.fma(g2, a3);
      v = FloatVector.broadcast(S, x[row + 1]);
      a7 = v.fma(g0, a7);
      a6 = v.fma(g1, a6);
      a4 = v.fma(g2, a4);
      a3 = v.fma(g3, a3);
      v = FloatVector.broadcast(S, x[row + 2]);
      a8 = v.fma(g0, a8);
      a7 = v.fma(g1, a7);
      a5 = v.fma(g2, a5);
      a4 = v.fma(g3, a4);
      v = FloatVector.broadcast(S, x[row + 3]);
      a8 = v.fma(g1, a8);
      a5 = v.fma(g3, a5);
      row += xRow;
      v = FloatVector.broadcast(S, x[row]);
      a6 = v.fma(g2, a6);
      v = FloatVector.broadcast(S, x[row + 1]);
      a7 = v.fma(g2, a7);
      a6 = v.fma(g3, a6);
      v = FloatVector.broadcast(S, x[row + 2]);
      a8 = v.fma(g2, a8);
      a7 = v.fma(g3, a7);
      v = FloatVector.broadcast(S, x[row + 3]);
      a8 = v.fma(g3, a8);
    }
    a0.intoArray(dw, dwOffset);
    a1.intoArray(dw, dwOffset + L);
    a2.intoArray(dw, dwOffset + 2 * L);
    a3.intoArray(dw, dwOffset + 3 * L);
    a4.intoArray(dw, dwOffset + 4 * L);
    a5.intoArray(dw, dwOffset + 5 * L);
    a6.intoArray(dw, dwOffset + 6 * L);
    a7.intoArray(dw, dwOffset + 7 * L);
    a8.intoArray(dw, dwOffset + 8 * L);
    sum.intoArray(dw, dwOffset + 9 * L);
  }
}
