package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The transforms of F(2x2, 3x3) in SIMD, built as {@link VectorTransform4} is. */
final class VectorTransform2 implements WinogradTransform {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  private static final int OUTPUTS = 2;
  private static final int SIZE = 4;

  VectorTransform2() {}

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
        int to = yOffset + column * yStep + lane;
        d0.sub(d2).intoArray(y, to);
        d1.add(d2).intoArray(y, to + yStride);
        d2.sub(d1).intoArray(y, to + 2 * yStride);
        d1.sub(d3).intoArray(y, to + 3 * yStride);
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
        int to = yOffset + column * yStep + lane;
        d0.add(d1).add(d2).intoArray(y, to);
        d1.sub(d2).sub(d3).intoArray(y, to + yStride);
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
        FloatVector bias = FloatVector.fromArray(S, start, startOffset + lane);
        FloatVector least = FloatVector.broadcast(S, floor);
        FloatVector z0 = d0.add(d1).add(d2).add(bias);
        FloatVector z1 = d1.sub(d2).sub(d3).add(bias);
        int to = zOffset + row * stride + lane;
        z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to);
        z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + WIDTH);
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
        int to = yOffset + column * yStep + lane;
        d0.intoArray(y, to);
        d0.add(d1).intoArray(y, to + yStride);
        d0.sub(d1).intoArray(y, to + 2 * yStride);
        d1.neg().intoArray(y, to + 3 * yStride);
      }
    }
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    inputGradientPass(v, vOffset, SIZE * plane, plane, lines, 0, SIZE * WIDTH, WIDTH);
    for (int row = 0; row < SIZE; row++) {
      int from = row * SIZE * WIDTH;
      int to = dxOffset + row * stride;
      if (row < addRows) {
        addPass(lines, from, dx, to);
      } else if (addColumns > 0) {
        addTwoPass(lines, from, dx, to);
      } else {
        overwritePass(lines, from, dx, to);
      }
    }
  }

  private static void inputGradientPass(float[] v, int vOffset, int stride, int step,
      float[] y, int yOffset, int yStride, int yStep) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = vOffset + column * step + lane;
        FloatVector d0 = FloatVector.fromArray(S, v, from);
        FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
        FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
        FloatVector d3 = FloatVector.fromArray(S, v, from + 3 * stride);
        int to = yOffset + column * yStep + lane;
        d0.intoArray(y, to);
        d1.sub(d2).add(d3).intoArray(y, to + yStride);
        d1.add(d2).sub(d0).intoArray(y, to + 2 * yStride);
        d3.neg().intoArray(y, to + 3 * yStride);
      }
    }
  }

  /** The second pass of the input's gradient, for one row. */
  private static void overwritePass(float[] lines, int from, float[] dx, int to) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector d0 = FloatVector.fromArray(S, lines, from + lane);
      FloatVector d1 = FloatVector.fromArray(S, lines, from + lane + WIDTH);
      FloatVector d2 = FloatVector.fromArray(S, lines, from + lane + 2 * WIDTH);
      FloatVector d3 = FloatVector.fromArray(S, lines, from + lane + 3 * WIDTH);
      int at = to + lane;
      d0.intoArray(dx, at);
      d1.sub(d2).add(d3).intoArray(dx, at + WIDTH);
      d1.add(d2).sub(d0).intoArray(dx, at + 2 * WIDTH);
      d3.neg().intoArray(dx, at + 3 * WIDTH);
    }
  }

  /** The same, where the first two columns are added. */
  private static void addTwoPass(float[] lines, int from, float[] dx, int to) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector d0 = FloatVector.fromArray(S, lines, from + lane);
      FloatVector d1 = FloatVector.fromArray(S, lines, from + lane + WIDTH);
      FloatVector d2 = FloatVector.fromArray(S, lines, from + lane + 2 * WIDTH);
      FloatVector d3 = FloatVector.fromArray(S, lines, from + lane + 3 * WIDTH);
      int at = to + lane;
      d0.add(FloatVector.fromArray(S, dx, at)).intoArray(dx, at);
      d1.sub(d2).add(d3).add(FloatVector.fromArray(S, dx, at + WIDTH)).intoArray(dx, at + WIDTH);
      d1.add(d2).sub(d0).intoArray(dx, at + 2 * WIDTH);
      d3.neg().intoArray(dx, at + 3 * WIDTH);
    }
  }

  /** The same, where all columns are added. */
  private static void addPass(float[] lines, int from, float[] dx, int to) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      FloatVector d0 = FloatVector.fromArray(S, lines, from + lane);
      FloatVector d1 = FloatVector.fromArray(S, lines, from + lane + WIDTH);
      FloatVector d2 = FloatVector.fromArray(S, lines, from + lane + 2 * WIDTH);
      FloatVector d3 = FloatVector.fromArray(S, lines, from + lane + 3 * WIDTH);
      int at = to + lane;
      d0.add(FloatVector.fromArray(S, dx, at)).intoArray(dx, at);
      d1.sub(d2).add(d3).add(FloatVector.fromArray(S, dx, at + WIDTH)).intoArray(dx, at + WIDTH);
      d1.add(d2).sub(d0).add(FloatVector.fromArray(S, dx, at + 2 * WIDTH)).intoArray(dx, at + 2 * WIDTH);
      d3.neg().add(FloatVector.fromArray(S, dx, at + 3 * WIDTH)).intoArray(dx, at + 3 * WIDTH);
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
        FloatVector d1 = FloatVector.fromArray(S, w, from + stride).mul(0.5f);
        FloatVector d2 = FloatVector.fromArray(S, w, from + 2 * stride);
        FloatVector even = d0.add(d2).mul(0.5f);
        int to = yOffset + column * yStep + lane;
        d0.intoArray(y, to);
        even.add(d1).intoArray(y, to + yStride);
        even.sub(d1).intoArray(y, to + 2 * yStride);
        d2.intoArray(y, to + 3 * yStride);
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
        FloatVector half = d1.add(d2).mul(0.5f);
        int to = yOffset + column * yStep + lane;
        d0.add(half).intoArray(y, to);
        d1.sub(d2).mul(0.5f).intoArray(y, to + yStride);
        half.add(d3).intoArray(y, to + 2 * yStride);
      }
    }
  }
}
