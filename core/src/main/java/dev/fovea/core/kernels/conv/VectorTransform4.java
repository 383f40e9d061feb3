package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of F(4x4, 3x3) in SIMD. Each is two passes of one small map, over the columns and then over the rows
 * of a tile: cell i of a column lies at {@code i * stride}, the next column {@code step} later, and so where they go.
 * Between the passes the tile is in {@code lines}, since its 36 vectors do not fit into the registers.
 */
final class VectorTransform4 implements WinogradTransform {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  private static final int OUTPUTS = 4;
  private static final int SIZE = 6;

  VectorTransform4() {}

  @Override
  public int outputs() {
    return OUTPUTS;
  }

  @Override
  public void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines) {
    inputPass(x, xOffset, stride, WIDTH, lines, 0, SIZE * WIDTH, WIDTH);
    inputPass(lines, 0, WIDTH, SIZE * WIDTH, v, vOffset, plane, SIZE * plane);
  }

  private static void inputPass(float[] x, int xOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = xOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, x, from);
        FloatVector d1 = FloatVector.fromArray(S, x, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * stride);
        FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * stride);
        FloatVector d4 = FloatVector.fromArray(S, x, from + 4 * stride);
        FloatVector d5 = FloatVector.fromArray(S, x, from + 5 * stride);
        FloatVector even = d2.fma(FloatVector.broadcast(S, -4f), d4);
        FloatVector odd = d1.fma(FloatVector.broadcast(S, -4f), d3);
        FloatVector even2 = d4.sub(d2);
        FloatVector odd2 = d3.sub(d1);
        int to = yOffset + column * yStep + lane;
        d0.fma(FloatVector.broadcast(S, 4f), d2.fma(FloatVector.broadcast(S, -5f), d4)).intoArray(y, to);
        even.add(odd).intoArray(y, to + yStride);
        even.sub(odd).intoArray(y, to + 2 * yStride);
        odd2.fma(FloatVector.broadcast(S, 2f), even2).intoArray(y, to + 3 * yStride);
        odd2.fma(FloatVector.broadcast(S, -2f), even2).intoArray(y, to + 4 * yStride);
        d1.fma(FloatVector.broadcast(S, 4f), d3.fma(FloatVector.broadcast(S, -5f), d5)).intoArray(y, to + 5 * yStride);
      }
    }
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    outputPass(v, vOffset, SIZE * plane, plane, lines, 0, SIZE * WIDTH, WIDTH);
    finishPass(lines, start, startOffset, floor, z, zOffset, stride);
  }

  private static void outputPass(float[] v, int vOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = vOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, v, from);
        FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
        FloatVector d3 = FloatVector.fromArray(S, v, from + 3 * stride);
        FloatVector d4 = FloatVector.fromArray(S, v, from + 4 * stride);
        FloatVector d5 = FloatVector.fromArray(S, v, from + 5 * stride);
        FloatVector sum = d1.add(d2);
        FloatVector difference = d1.sub(d2);
        FloatVector sum2 = d3.add(d4);
        FloatVector difference2 = d3.sub(d4);
        int to = yOffset + column * yStep + lane;
        d0.add(sum).add(sum2).intoArray(y, to);
        difference2.fma(FloatVector.broadcast(S, 2f), difference).intoArray(y, to + yStride);
        sum2.fma(FloatVector.broadcast(S, 4f), sum).intoArray(y, to + 2 * yStride);
        difference2.fma(FloatVector.broadcast(S, 8f), difference).add(d5).intoArray(y, to + 3 * yStride);
      }
    }
  }

  /** The second pass of the output: the same map, then start and floor. */
  private static void finishPass(float[] lines, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride) {
    for (int row = 0; row < OUTPUTS; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = row * SIZE * WIDTH + lane;
        FloatVector d0 = FloatVector.fromArray(S, lines, from);
        FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH);
        FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
        FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
        FloatVector d4 = FloatVector.fromArray(S, lines, from + 4 * WIDTH);
        FloatVector d5 = FloatVector.fromArray(S, lines, from + 5 * WIDTH);
        FloatVector bias = FloatVector.fromArray(S, start, startOffset + lane);
        FloatVector least = FloatVector.broadcast(S, floor);
        FloatVector sum = d1.add(d2);
        FloatVector difference = d1.sub(d2).add(bias);
        FloatVector sum2 = d3.add(d4);
        FloatVector difference2 = d3.sub(d4);
        FloatVector sumBias = sum.add(bias);
        FloatVector z0 = d0.add(sumBias).add(sum2);
        FloatVector z1 = difference2.fma(FloatVector.broadcast(S, 2f), difference);
        FloatVector z2 = sum2.fma(FloatVector.broadcast(S, 4f), sumBias);
        FloatVector z3 = difference2.fma(FloatVector.broadcast(S, 8f), difference).add(d5);
        // Not max, which costs more for the sake of NaN and -0.
        VectorMask<Float> low0 = z0.compare(VectorOperators.LE, least);
        VectorMask<Float> low1 = z1.compare(VectorOperators.LE, least);
        VectorMask<Float> low2 = z2.compare(VectorOperators.LE, least);
        VectorMask<Float> low3 = z3.compare(VectorOperators.LE, least);
        int to = zOffset + row * stride + lane;
        z0.blend(least, low0).intoArray(z, to);
        z1.blend(least, low1).intoArray(z, to + WIDTH);
        z2.blend(least, low2).intoArray(z, to + 2 * WIDTH);
        z3.blend(least, low3).intoArray(z, to + 3 * WIDTH);
      }
    }
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    outputGradientPass(OUTPUTS, dz, dzOffset, stride, WIDTH, lines, 0, OUTPUTS * WIDTH, WIDTH);
    outputGradientPass(SIZE, lines, 0, WIDTH, OUTPUTS * WIDTH, q, qOffset, plane, SIZE * plane);
  }

  private static void outputGradientPass(int columns, float[] z, int zOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = 0; column < columns; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = zOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, z, from);
        FloatVector d1 = FloatVector.fromArray(S, z, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, z, from + 2 * stride);
        FloatVector d3 = FloatVector.fromArray(S, z, from + 3 * stride);
        FloatVector even = d0.add(d2);
        FloatVector odd = d1.add(d3);
        FloatVector even2 = d2.fma(FloatVector.broadcast(S, 4f), d0);
        FloatVector odd2 = d3.fma(FloatVector.broadcast(S, 8f), d1.add(d1));
        int to = yOffset + column * yStep + lane;
        d0.intoArray(y, to);
        even.add(odd).intoArray(y, to + yStride);
        even.sub(odd).intoArray(y, to + 2 * yStride);
        even2.add(odd2).intoArray(y, to + 3 * yStride);
        even2.sub(odd2).intoArray(y, to + 4 * yStride);
        d3.intoArray(y, to + 5 * yStride);
      }
    }
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    inputGradientPass(0, SIZE, v, vOffset, SIZE * plane, plane, lines, 0, SIZE * WIDTH, WIDTH);
    addPass(addRows, lines, dx, dxOffset, stride);
    if (addColumns == 0) {
      inputGradientPass(addRows, SIZE, lines, 0, WIDTH, SIZE * WIDTH, dx, dxOffset, WIDTH, stride);
    } else {
      addTwoPass(addRows, lines, dx, dxOffset, stride);
    }
  }

  private static void inputGradientPass(int first, int last, float[] v, int vOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = first; column < last; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = vOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, v, from);
        FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
        FloatVector d3 = FloatVector.fromArray(S, v, from + 3 * stride);
        FloatVector d4 = FloatVector.fromArray(S, v, from + 4 * stride);
        FloatVector d5 = FloatVector.fromArray(S, v, from + 5 * stride);
        FloatVector sum = d1.add(d2);
        FloatVector difference = d2.sub(d1);
        FloatVector sum2 = d3.add(d4);
        FloatVector difference2 = d4.sub(d3);
        FloatVector four = difference.add(d5);
        int to = yOffset + column * yStep + lane;
        d0.mul(4f).intoArray(y, to);
        four.fma(FloatVector.broadcast(S, 4f), difference2.add(difference2)).intoArray(y, to + yStride);
        d0.fma(FloatVector.broadcast(S, -5f), sum.fma(FloatVector.broadcast(S, -4f), sum2.neg()))
            .intoArray(y, to + 2 * yStride);
        difference2.fma(FloatVector.broadcast(S, -2f), d5.fma(FloatVector.broadcast(S, -5f), difference.neg()))
            .intoArray(y, to + 3 * yStride);
        d0.add(sum).add(sum2).intoArray(y, to + 4 * yStride);
        d5.intoArray(y, to + 5 * yStride);
      }
    }
  }

  /** The second pass of the input's gradient, for the first rows: added to what is there. */
  private static void addPass(int rows, float[] lines, float[] dx, int dxOffset, int stride) {
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = row * SIZE * WIDTH + lane;
        FloatVector d0 = FloatVector.fromArray(S, lines, from);
        FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH);
        FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
        FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
        FloatVector d4 = FloatVector.fromArray(S, lines, from + 4 * WIDTH);
        FloatVector d5 = FloatVector.fromArray(S, lines, from + 5 * WIDTH);
        FloatVector sum = d1.add(d2);
        FloatVector difference = d2.sub(d1);
        FloatVector sum2 = d3.add(d4);
        FloatVector difference2 = d4.sub(d3);
        FloatVector four = difference.add(d5);
        int to = dxOffset + row * stride + lane;
        d0.fma(FloatVector.broadcast(S, 4f), FloatVector.fromArray(S, dx, to)).intoArray(dx, to);
        four.fma(FloatVector.broadcast(S, 4f), difference2.add(difference2))
            .add(FloatVector.fromArray(S, dx, to + WIDTH)).intoArray(dx, to + WIDTH);
        d0.fma(FloatVector.broadcast(S, -5f), sum.fma(FloatVector.broadcast(S, -4f), sum2.neg()))
            .add(FloatVector.fromArray(S, dx, to + 2 * WIDTH)).intoArray(dx, to + 2 * WIDTH);
        difference2.fma(FloatVector.broadcast(S, -2f), d5.fma(FloatVector.broadcast(S, -5f), difference.neg()))
            .add(FloatVector.fromArray(S, dx, to + 3 * WIDTH)).intoArray(dx, to + 3 * WIDTH);
        d0.add(sum).add(sum2).add(FloatVector.fromArray(S, dx, to + 4 * WIDTH)).intoArray(dx, to + 4 * WIDTH);
        d5.add(FloatVector.fromArray(S, dx, to + 5 * WIDTH)).intoArray(dx, to + 5 * WIDTH);
      }
    }
  }

  /** The same for the other rows, where only the first two columns are added. */
  private static void addTwoPass(int first, float[] lines, float[] dx, int dxOffset, int stride) {
    for (int row = first; row < SIZE; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = row * SIZE * WIDTH + lane;
        FloatVector d0 = FloatVector.fromArray(S, lines, from);
        FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH);
        FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
        FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
        FloatVector d4 = FloatVector.fromArray(S, lines, from + 4 * WIDTH);
        FloatVector d5 = FloatVector.fromArray(S, lines, from + 5 * WIDTH);
        FloatVector sum = d1.add(d2);
        FloatVector difference = d2.sub(d1);
        FloatVector sum2 = d3.add(d4);
        FloatVector difference2 = d4.sub(d3);
        FloatVector four = difference.add(d5);
        int to = dxOffset + row * stride + lane;
        d0.fma(FloatVector.broadcast(S, 4f), FloatVector.fromArray(S, dx, to)).intoArray(dx, to);
        four.fma(FloatVector.broadcast(S, 4f), difference2.add(difference2))
            .add(FloatVector.fromArray(S, dx, to + WIDTH)).intoArray(dx, to + WIDTH);
        d0.fma(FloatVector.broadcast(S, -5f), sum.fma(FloatVector.broadcast(S, -4f), sum2.neg()))
            .intoArray(dx, to + 2 * WIDTH);
        difference2.fma(FloatVector.broadcast(S, -2f), d5.fma(FloatVector.broadcast(S, -5f), difference.neg()))
            .intoArray(dx, to + 3 * WIDTH);
        d0.add(sum).add(sum2).intoArray(dx, to + 4 * WIDTH);
        d5.intoArray(dx, to + 5 * WIDTH);
      }
    }
  }

  @Override
  public void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
    filterPass(3, w, wOffset, 3 * WIDTH, WIDTH, lines, 0, 3 * WIDTH, WIDTH);
    filterPass(SIZE, lines, 0, WIDTH, 3 * WIDTH, u, uOffset, plane, SIZE * plane);
  }

  private static void filterPass(int columns, float[] w, int wOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = 0; column < columns; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = wOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, w, from);
        FloatVector d1 = FloatVector.fromArray(S, w, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, w, from + 2 * stride);
        FloatVector even = d0.add(d2).mul(-1 / 6f);
        FloatVector odd = d1.mul(-1 / 6f);
        FloatVector even2 = d2.fma(FloatVector.broadcast(S, 1 / 6f), d0.mul(1 / 24f));
        FloatVector odd2 = d1.mul(1 / 12f);
        int to = yOffset + column * yStep + lane;
        d0.mul(0.25f).intoArray(y, to);
        even.add(odd).intoArray(y, to + yStride);
        even.sub(odd).intoArray(y, to + 2 * yStride);
        even2.add(odd2).intoArray(y, to + 3 * yStride);
        even2.sub(odd2).intoArray(y, to + 4 * yStride);
        d2.intoArray(y, to + 5 * yStride);
      }
    }
  }

  @Override
  public void filterGradient(float[] u, int uOffset, int plane, float[] dw, int dwOffset, float[] lines) {
    filterGradientPass(SIZE, u, uOffset, SIZE * plane, plane, lines, 0, SIZE * WIDTH, WIDTH);
    filterGradientPass(3, lines, 0, WIDTH, SIZE * WIDTH, dw, dwOffset, WIDTH, 3 * WIDTH);
  }

  private static void filterGradientPass(int columns, float[] u, int uOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = 0; column < columns; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = uOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, u, from);
        FloatVector d1 = FloatVector.fromArray(S, u, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, u, from + 2 * stride);
        FloatVector d3 = FloatVector.fromArray(S, u, from + 3 * stride);
        FloatVector d4 = FloatVector.fromArray(S, u, from + 4 * stride);
        FloatVector d5 = FloatVector.fromArray(S, u, from + 5 * stride);
        FloatVector sum = d1.add(d2).mul(-1 / 6f);
        FloatVector sum2 = d3.add(d4);
        int to = yOffset + column * yStep + lane;
        d0.fma(FloatVector.broadcast(S, 0.25f), sum2.fma(FloatVector.broadcast(S, 1 / 24f), sum)).intoArray(y, to);
        d3.sub(d4).fma(FloatVector.broadcast(S, 1 / 12f), d2.sub(d1).mul(1 / 6f)).intoArray(y, to + yStride);
        sum2.fma(FloatVector.broadcast(S, 1 / 6f), sum).add(d5).intoArray(y, to + 2 * yStride);
      }
    }
  }
}
