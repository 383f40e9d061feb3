package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of F(4x4, 3x3) in SIMD. Each is two passes of one small map, over the columns and then over the rows
 * of a tile; between them the tile is in {@code lines}, a by a cells or less, since its 36 vectors do not fit into the
 * registers.
 *
 * <p>A method {@code ...Line} does one vector of one column or row: its cells lie {@code stride} apart, the results go
 * {@code yStride} apart. Each is short enough (325 bytes) for C2 to inline it where one of the strides is known, which
 * makes the transforms a quarter faster.
 */
final class VectorTransform4 implements WinogradTransform {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  static final int OUTPUTS = 4;
  static final int SIZE = 6;
  /** From one line of the tile between the passes to the next. */
  static final int LINE = SIZE * WIDTH;
  static final int OUTPUT_LINE = OUTPUTS * WIDTH;
  /** Where in lines there is a free one. */
  static final int SUMS = SIZE * LINE;

  VectorTransform4() {}

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
    return new VectorTransform4Edge(lowRows, lowColumns);
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

  static void inputLine(float[] x, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, x, from);
    FloatVector d1 = FloatVector.fromArray(S, x, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * stride);
    FloatVector d4 = FloatVector.fromArray(S, x, from + 4 * stride);
    FloatVector d5 = FloatVector.fromArray(S, x, from + 5 * stride);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFour = FloatVector.broadcast(S, -4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector even = d2.fma(minusFour, d4);
    FloatVector odd = d1.fma(minusFour, d3);
    FloatVector even2 = d4.sub(d2);
    FloatVector odd2 = d3.sub(d1);
    d0.fma(four, d2.fma(minusFive, d4)).intoArray(y, to);
    even.add(odd).intoArray(y, to + yStride);
    even.sub(odd).intoArray(y, to + 2 * yStride);
    odd2.fma(FloatVector.broadcast(S, 2f), even2).intoArray(y, to + 3 * yStride);
    odd2.fma(FloatVector.broadcast(S, -2f), even2).intoArray(y, to + 4 * yStride);
    d1.fma(four, d3.fma(minusFive, d5)).intoArray(y, to + 5 * yStride);
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

  static void outputLine(float[] v, int from, int stride, float[] y, int to) {
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
    d0.add(sum).add(sum2).intoArray(y, to);
    difference2.fma(FloatVector.broadcast(S, 2f), difference).intoArray(y, to + LINE);
    sum2.fma(FloatVector.broadcast(S, 4f), sum).intoArray(y, to + 2 * LINE);
    difference2.fma(FloatVector.broadcast(S, 8f), difference).add(d5).intoArray(y, to + 3 * LINE);
  }

  /** The same for a row, then start and floor. What is added to d1, of the point 1, is added to each output. */
  static void finishLine(float[] lines, int from, float[] start, int startFrom, float floor,
      float[] z, int to) {
    FloatVector d0 = FloatVector.fromArray(S, lines, from);
    FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH).add(FloatVector.fromArray(S, start, startFrom));
    FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
    FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
    FloatVector d4 = FloatVector.fromArray(S, lines, from + 4 * WIDTH);
    FloatVector d5 = FloatVector.fromArray(S, lines, from + 5 * WIDTH);
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector sum = d1.add(d2);
    FloatVector difference = d1.sub(d2);
    FloatVector sum2 = d3.add(d4);
    FloatVector difference2 = d3.sub(d4);
    FloatVector z0 = d0.add(sum).add(sum2);
    FloatVector z1 = difference2.fma(FloatVector.broadcast(S, 2f), difference);
    FloatVector z2 = sum2.fma(FloatVector.broadcast(S, 4f), sum);
    FloatVector z3 = difference2.fma(FloatVector.broadcast(S, 8f), difference).add(d5);
    // Not max, which costs more for the sake of NaN and -0.
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + WIDTH);
    z2.blend(least, z2.compare(VectorOperators.LE, least)).intoArray(z, to + 2 * WIDTH);
    z3.blend(least, z3.compare(VectorOperators.LE, least)).intoArray(z, to + 3 * WIDTH);
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

  static void outputGradientLine(float[] z, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, z, from);
    FloatVector d1 = FloatVector.fromArray(S, z, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, z, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, z, from + 3 * stride);
    FloatVector even = d0.add(d2);
    FloatVector odd = d1.add(d3);
    FloatVector even2 = d2.fma(FloatVector.broadcast(S, 4f), d0);
    FloatVector odd2 = d3.fma(FloatVector.broadcast(S, 8f), d1.add(d1));
    d0.intoArray(y, to);
    even.add(odd).intoArray(y, to + yStride);
    even.sub(odd).intoArray(y, to + 2 * yStride);
    even2.add(odd2).intoArray(y, to + 3 * yStride);
    even2.sub(odd2).intoArray(y, to + 4 * yStride);
    d3.intoArray(y, to + 5 * yStride);
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

  static void inputGradientLine(float[] v, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, v, from);
    FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, v, from + 3 * stride);
    FloatVector d4 = FloatVector.fromArray(S, v, from + 4 * stride);
    FloatVector d5 = FloatVector.fromArray(S, v, from + 5 * stride);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector sum = d1.add(d2);
    FloatVector difference = d1.sub(d2);
    FloatVector sum2 = d3.add(d4);
    FloatVector twice = d3.sub(d4).mul(2f);
    d0.mul(four).intoArray(y, to);
    d5.sub(difference).fma(four, twice.neg()).intoArray(y, to + yStride);
    d0.fma(minusFive, sum.fma(FloatVector.broadcast(S, -4f), sum2.neg())).intoArray(y, to + 2 * yStride);
    d5.fma(minusFive, twice.add(difference)).intoArray(y, to + 3 * yStride);
    d0.add(sum).add(sum2).intoArray(y, to + 4 * yStride);
    d5.intoArray(y, to + 5 * yStride);
  }

  /** The same for a row whose first two cells are added. */
  static void addTwoLine(float[] lines, int from, float[] dx, int to) {
    FloatVector d0 = FloatVector.fromArray(S, lines, from);
    FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH);
    FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
    FloatVector d3 = FloatVector.fromArray(S, lines, from + 3 * WIDTH);
    FloatVector d4 = FloatVector.fromArray(S, lines, from + 4 * WIDTH);
    FloatVector d5 = FloatVector.fromArray(S, lines, from + 5 * WIDTH);
    FloatVector four = FloatVector.broadcast(S, 4f);
    FloatVector minusFive = FloatVector.broadcast(S, -5f);
    FloatVector sum = d1.add(d2);
    FloatVector difference = d1.sub(d2);
    FloatVector sum2 = d3.add(d4);
    FloatVector twice = d3.sub(d4).mul(2f);
    d0.fma(four, FloatVector.fromArray(S, dx, to)).intoArray(dx, to);
    d5.sub(difference).fma(four, FloatVector.fromArray(S, dx, to + WIDTH).sub(twice)).intoArray(dx, to + WIDTH);
    d0.fma(minusFive, sum.fma(FloatVector.broadcast(S, -4f), sum2.neg())).intoArray(dx, to + 2 * WIDTH);
    d5.fma(minusFive, twice.add(difference)).intoArray(dx, to + 3 * WIDTH);
    d0.add(sum).add(sum2).intoArray(dx, to + 4 * WIDTH);
    d5.intoArray(dx, to + 5 * WIDTH);
  }

  @Override
  public void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
    VectorFilters4.filter(w, wOffset, u, uOffset, plane, lines);
  }

  @Override
  public void filterGradient(float[] u, int uOffset, int plane, float[] dw, int dwOffset, float[] lines) {
    VectorFilters4.filterGradient(u, uOffset, plane, dw, dwOffset, lines);
  }
}
