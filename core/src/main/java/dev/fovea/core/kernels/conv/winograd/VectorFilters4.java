package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The two maps of {@link VectorTransform4} between filters and planes, written as the others are. */
final class VectorFilters4 {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  private static final int SIZE = VectorTransform4.SIZE;
  private static final int LINE = VectorTransform4.LINE;
  private static final int TAPS_LINE = 3 * WIDTH;

  private VectorFilters4() {}

  /** As {@link WinogradTransform#filter}. */
  static void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
    for (int i = 0; i < TAPS_LINE; i += L) {
      filterLine(w, wOffset + i, TAPS_LINE, lines, i, TAPS_LINE);
    }
    for (int row = 0; row < SIZE; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        filterLine(lines, row * TAPS_LINE + lane, WIDTH, u, uOffset + row * SIZE * plane + lane, plane);
      }
    }
  }

  private static void filterLine(float[] w, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, w, from);
    FloatVector d1 = FloatVector.fromArray(S, w, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, w, from + 2 * stride);
    FloatVector even = d0.add(d2).mul(-1 / 6f);
    FloatVector odd = d1.mul(-1 / 6f);
    FloatVector even2 = d2.fma(FloatVector.broadcast(S, 1 / 6f), d0.mul(1 / 24f));
    FloatVector odd2 = d1.mul(1 / 12f);
    d0.mul(0.25f).intoArray(y, to);
    even.add(odd).intoArray(y, to + yStride);
    even.sub(odd).intoArray(y, to + 2 * yStride);
    even2.add(odd2).intoArray(y, to + 3 * yStride);
    even2.sub(odd2).intoArray(y, to + 4 * yStride);
    d2.intoArray(y, to + 5 * yStride);
  }

  /** As {@link WinogradTransform#filterGradient}. */
  static void filterGradient(float[] u, int uOffset, int plane, float[] dw, int dwOffset, float[] lines) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        filterGradientLine(u, uOffset + column * plane + lane, SIZE * plane, lines, column * WIDTH + lane, LINE);
      }
    }
    for (int row = 0; row < 3; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        filterGradientLine(lines, row * LINE + lane, WIDTH, dw, dwOffset + row * TAPS_LINE + lane, WIDTH);
      }
    }
  }

  private static void filterGradientLine(float[] u, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, u, from);
    FloatVector d1 = FloatVector.fromArray(S, u, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, u, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, u, from + 3 * stride);
    FloatVector d4 = FloatVector.fromArray(S, u, from + 4 * stride);
    FloatVector d5 = FloatVector.fromArray(S, u, from + 5 * stride);
    FloatVector sum = d1.add(d2).mul(-1 / 6f);
    FloatVector sum2 = d3.add(d4);
    d0.fma(FloatVector.broadcast(S, 0.25f), sum2.fma(FloatVector.broadcast(S, 1 / 24f), sum)).intoArray(y, to);
    d3.sub(d4).fma(FloatVector.broadcast(S, 1 / 12f), d2.sub(d1).mul(1 / 6f)).intoArray(y, to + yStride);
    sum2.fma(FloatVector.broadcast(S, 1 / 6f), sum).add(d5).intoArray(y, to + 2 * yStride);
  }
}
