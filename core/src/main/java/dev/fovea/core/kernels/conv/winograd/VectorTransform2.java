package dev.fovea.core.kernels.conv.winograd;

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
  /** From one line of the tile between the passes to the next. */
  private static final int LINE = SIZE * WIDTH;
  private static final int OUTPUT_LINE = OUTPUTS * WIDTH;
  private static final int TAPS_LINE = 3 * WIDTH;
  /** Where in lines there is a free one. */
  private static final int SUMS = SIZE * LINE;

  VectorTransform2() {}

  @Override
  public int outputRows() {
    return OUTPUTS;
  }

  @Override
  public int outputColumns() {
    return OUTPUTS;
  }

  @Override
  public TileTransform edge(boolean lowRows, boolean lowColumns) {
    return null;
  }

  @Override
  public void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines) {
    for (int i = 0; i < LINE; i += L) {
      inputLine(x, xOffset + i, stride, lines, i, LINE);
    }
    for (int row = 0; row < SIZE; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        inputLine(lines, row * LINE + lane, WIDTH, v, vOffset + row * SIZE * plane + lane, plane);
      }
    }
  }

  private static void inputLine(float[] x, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, x, from);
    FloatVector d1 = FloatVector.fromArray(S, x, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * stride);
    d0.sub(d2).intoArray(y, to);
    d1.add(d2).intoArray(y, to + yStride);
    d2.sub(d1).intoArray(y, to + 2 * yStride);
    d1.sub(d3).intoArray(y, to + 3 * yStride);
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        outputLine(v, vOffset + column * plane + lane, SIZE * plane, lines, column * WIDTH + lane);
      }
    }
    for (int row = 0; row < OUTPUTS; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        finishLine(lines, row * LINE + lane, start, startOffset + lane, floor, z, zOffset + row * stride + lane);
      }
    }
  }

  private static void outputLine(float[] v, int from, int stride, float[] y, int to) {
    FloatVector d0 = FloatVector.fromArray(S, v, from);
    FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, v, from + 3 * stride);
    d0.add(d1).add(d2).intoArray(y, to);
    d1.sub(d2).sub(d3).intoArray(y, to + LINE);
  }

  /** The same for a row, then start and floor. What is added to d1, of the point 1, is added to each output. */
  private static void finishLine(float[] lines, int from, float[] start, int startFrom, float floor,
      float[] z, int to) {
    FloatVector d0 = FloatVector.fromArray(S, lines, from);
    FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH).add(FloatVector.fromArray(S, start, startFrom));
    FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
    FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector z0 = d0.add(d1).add(d2);
    FloatVector z1 = d1.sub(d2).sub(d3);
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + WIDTH);
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    for (int i = 0; i < OUTPUT_LINE; i += L) {
      outputGradientLine(dz, dzOffset + i, stride, lines, i, OUTPUT_LINE);
    }
    for (int row = 0; row < SIZE; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        outputGradientLine(lines, row * OUTPUT_LINE + lane, WIDTH, q, qOffset + row * SIZE * plane + lane, plane);
      }
    }
  }

  private static void outputGradientLine(float[] z, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, z, from);
    FloatVector d1 = FloatVector.fromArray(S, z, from + stride);
    d0.intoArray(y, to);
    d0.add(d1).intoArray(y, to + yStride);
    d0.sub(d1).intoArray(y, to + 2 * yStride);
    d1.neg().intoArray(y, to + 3 * yStride);
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        inputGradientLine(v, vOffset + column * plane + lane, SIZE * plane, lines, column * WIDTH + lane, LINE);
      }
    }
    addRows(addRows, lines, dx, dxOffset, stride);
    if (addColumns == 0) {
      overwriteRows(addRows, lines, dx, dxOffset, stride);
    } else {
      addTwoColumns(addRows, lines, dx, dxOffset, stride);
    }
  }

  private static void addRows(int rows, float[] lines, float[] dx, int dxOffset, int stride) {
    for (int row = 0; row < rows; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        inputGradientLine(lines, row * LINE + lane, WIDTH, lines, SUMS + lane, WIDTH);
      }
      for (int i = 0; i < LINE; i += L) {
        int to = dxOffset + row * stride + i;
        FloatVector.fromArray(S, lines, SUMS + i).add(FloatVector.fromArray(S, dx, to)).intoArray(dx, to);
      }
    }
  }

  private static void overwriteRows(int first, float[] lines, float[] dx, int dxOffset, int stride) {
    for (int row = first; row < SIZE; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        inputGradientLine(lines, row * LINE + lane, WIDTH, dx, dxOffset + row * stride + lane, WIDTH);
      }
    }
  }

  private static void addTwoColumns(int first, float[] lines, float[] dx, int dxOffset, int stride) {
    for (int row = first; row < SIZE; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        addTwoLine(lines, row * LINE + lane, dx, dxOffset + row * stride + lane);
      }
    }
  }

  private static void inputGradientLine(float[] v, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, v, from);
    FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, v, from + 3 * stride);
    d0.intoArray(y, to);
    d1.sub(d2).add(d3).intoArray(y, to + yStride);
    d1.add(d2).sub(d0).intoArray(y, to + 2 * yStride);
    d3.neg().intoArray(y, to + 3 * yStride);
  }

  /** The same for a row whose first two cells are added. */
  private static void addTwoLine(float[] lines, int from, float[] dx, int to) {
    FloatVector d0 = FloatVector.fromArray(S, lines, from);
    FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH);
    FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
    FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
    d0.add(FloatVector.fromArray(S, dx, to)).intoArray(dx, to);
    d1.sub(d2).add(d3).add(FloatVector.fromArray(S, dx, to + WIDTH)).intoArray(dx, to + WIDTH);
    d1.add(d2).sub(d0).intoArray(dx, to + 2 * WIDTH);
    d3.neg().intoArray(dx, to + 3 * WIDTH);
  }

  @Override
  public void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
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
    FloatVector d1 = FloatVector.fromArray(S, w, from + stride).mul(0.5f);
    FloatVector d2 = FloatVector.fromArray(S, w, from + 2 * stride);
    FloatVector even = d0.add(d2).mul(0.5f);
    d0.intoArray(y, to);
    even.add(d1).intoArray(y, to + yStride);
    even.sub(d1).intoArray(y, to + 2 * yStride);
    d2.intoArray(y, to + 3 * yStride);
  }

  @Override
  public void filterGradient(float[] u, int uOffset, int plane, float[] lines) {
    for (int column = 0; column < SIZE; column++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        filterGradientLine(u, uOffset + column * plane + lane, SIZE * plane, lines, column * WIDTH + lane, LINE);
      }
    }
    for (int row = 0; row < 3; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        filterGradientLine(lines, row * LINE + lane, WIDTH, u, uOffset + 3 * row * plane + lane, plane);
      }
    }
  }

  private static void filterGradientLine(float[] u, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, u, from);
    FloatVector d1 = FloatVector.fromArray(S, u, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, u, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, u, from + 3 * stride);
    FloatVector half = d1.add(d2).mul(0.5f);
    d0.add(half).intoArray(y, to);
    d1.sub(d2).mul(0.5f).intoArray(y, to + yStride);
    half.add(d3).intoArray(y, to + 2 * yStride);
  }
}
