package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WinogradTransform#edge} of {@link VectorTransform4}: in a low direction the maps are those of the points 0, 1,
 * -1 and infinity, the others are those of whole tiles. A tile between the passes lies as it does there.
 */
final class VectorTransform4Edge implements TileTransform {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  private static final int LOW = WinogradTransform.LOW;
  private static final int SIZE = VectorTransform4.SIZE;
  private static final int LINE = VectorTransform4.LINE;
  private static final int OUTPUT_LINE = VectorTransform4.OUTPUT_LINE;
  private static final int SUMS = VectorTransform4.SUMS;
  /** The number of the point infinity, the one behind -1 in a low direction. */
  private static final int INFINITY = 5;

  private final boolean lowRows;
  private final boolean lowColumns;

  VectorTransform4Edge(boolean lowRows, boolean lowColumns) {
    this.lowRows = lowRows;
    this.lowColumns = lowColumns;
  }

  @Override
  public int outputRows() {
    return lowRows ? LOW : VectorTransform4.OUTPUTS;
  }

  @Override
  public int outputColumns() {
    return lowColumns ? LOW : VectorTransform4.OUTPUTS;
  }

  private static int next(int point, boolean low) {
    return low && point == 2 ? INFINITY : point + 1;
  }

  @Override
  public void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines) {
    for (int i = 0; i < (outputColumns() + 2) * WIDTH; i += L) {
      if (lowRows) {
        inputLine(x, xOffset + i, stride, lines, i, LINE);
      } else {
        VectorTransform4.inputLine(x, xOffset + i, stride, lines, i, LINE);
      }
    }
    for (int row = 0; row < SIZE; row = next(row, lowRows)) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int to = vOffset + row * SIZE * plane + lane;
        if (lowColumns) {
          inputLine(lines, row * LINE + lane, WIDTH, v, to, plane);
        } else {
          VectorTransform4.inputLine(lines, row * LINE + lane, WIDTH, v, to, plane);
        }
      }
    }
  }

  private static void inputLine(float[] x, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, x, from);
    FloatVector d1 = FloatVector.fromArray(S, x, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * stride);
    FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * stride);
    d0.sub(d2).mul(4f).intoArray(y, to);
    d1.add(d2).mul(-3f).intoArray(y, to + yStride);
    d1.sub(d2).mul(3f).intoArray(y, to + 2 * yStride);
    d3.sub(d1).intoArray(y, to + INFINITY * yStride);
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    for (int column = 0; column < SIZE; column = next(column, lowColumns)) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = vOffset + column * plane + lane;
        if (lowRows) {
          outputLine(v, from, SIZE * plane, lines, column * WIDTH + lane);
        } else {
          VectorTransform4.outputLine(v, from, SIZE * plane, lines, column * WIDTH + lane);
        }
      }
    }
    for (int row = 0; row < outputRows(); row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int to = zOffset + row * stride + lane;
        if (lowColumns) {
          finishLine(lines, row * LINE + lane, start, startOffset + lane, floor, z, to);
        } else {
          VectorTransform4.finishLine(lines, row * LINE + lane, start, startOffset + lane, floor, z, to);
        }
      }
    }
  }

  private static void outputLine(float[] v, int from, int stride, float[] y, int to) {
    FloatVector d0 = FloatVector.fromArray(S, v, from);
    FloatVector d1 = FloatVector.fromArray(S, v, from + stride);
    FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride);
    FloatVector d5 = FloatVector.fromArray(S, v, from + INFINITY * stride);
    d0.add(d1).add(d2).intoArray(y, to);
    d1.sub(d2).add(d5).intoArray(y, to + LINE);
  }

  private static void finishLine(float[] lines, int from, float[] start, int startFrom, float floor,
      float[] z, int to) {
    FloatVector d0 = FloatVector.fromArray(S, lines, from);
    FloatVector d1 = FloatVector.fromArray(S, lines, from + WIDTH).add(FloatVector.fromArray(S, start, startFrom));
    FloatVector d2 = FloatVector.fromArray(S, lines, from + 2 * WIDTH);
    FloatVector d5 = FloatVector.fromArray(S, lines, from + INFINITY * WIDTH);
    FloatVector least = FloatVector.broadcast(S, floor);
    FloatVector z0 = d0.add(d1).add(d2);
    FloatVector z1 = d1.sub(d2).add(d5);
    z0.blend(least, z0.compare(VectorOperators.LE, least)).intoArray(z, to);
    z1.blend(least, z1.compare(VectorOperators.LE, least)).intoArray(z, to + WIDTH);
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    for (int i = 0; i < outputColumns() * WIDTH; i += L) {
      if (lowRows) {
        outputGradientLine(dz, dzOffset + i, stride, lines, i, OUTPUT_LINE);
      } else {
        VectorTransform4.outputGradientLine(dz, dzOffset + i, stride, lines, i, OUTPUT_LINE);
      }
    }
    for (int row = 0; row < SIZE; row = next(row, lowRows)) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int to = qOffset + row * SIZE * plane + lane;
        if (lowColumns) {
          outputGradientLine(lines, row * OUTPUT_LINE + lane, WIDTH, q, to, plane);
        } else {
          VectorTransform4.outputGradientLine(lines, row * OUTPUT_LINE + lane, WIDTH, q, to, plane);
        }
      }
    }
  }

  private static void outputGradientLine(float[] z, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, z, from);
    FloatVector d1 = FloatVector.fromArray(S, z, from + stride);
    d0.intoArray(y, to);
    d0.add(d1).intoArray(y, to + yStride);
    d0.sub(d1).intoArray(y, to + 2 * yStride);
    d1.intoArray(y, to + INFINITY * yStride);
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    for (int column = 0; column < SIZE; column = next(column, lowColumns)) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        int from = vOffset + column * plane + lane;
        if (lowRows) {
          inputGradientLine(v, from, SIZE * plane, lines, column * WIDTH + lane, LINE);
        } else {
          VectorTransform4.inputGradientLine(v, from, SIZE * plane, lines, column * WIDTH + lane, LINE);
        }
      }
    }
    int length = (outputColumns() + 2) * WIDTH;
    for (int row = 0; row < outputRows() + 2; row++) {
      for (int lane = 0; lane < WIDTH; lane += L) {
        if (lowColumns) {
          inputGradientLine(lines, row * LINE + lane, WIDTH, lines, SUMS + lane, WIDTH);
        } else {
          VectorTransform4.inputGradientLine(lines, row * LINE + lane, WIDTH, lines, SUMS + lane, WIDTH);
        }
      }
      lay(row < addRows ? length : addColumns * WIDTH, length, lines, dx, dxOffset + row * stride);
    }
  }

  /** Adds the first cells of a row, copies the others. */
  private static void lay(int added, int length, float[] lines, float[] dx, int to) {
    for (int i = 0; i < added; i += L) {
      FloatVector.fromArray(S, lines, SUMS + i).add(FloatVector.fromArray(S, dx, to + i)).intoArray(dx, to + i);
    }
    for (int i = added; i < length; i += L) {
      FloatVector.fromArray(S, lines, SUMS + i).intoArray(dx, to + i);
    }
  }

  private static void inputGradientLine(float[] v, int from, int stride, float[] y, int to, int yStride) {
    FloatVector d0 = FloatVector.fromArray(S, v, from).mul(4f);
    FloatVector d1 = FloatVector.fromArray(S, v, from + stride).mul(3f);
    FloatVector d2 = FloatVector.fromArray(S, v, from + 2 * stride).mul(3f);
    FloatVector d5 = FloatVector.fromArray(S, v, from + INFINITY * stride);
    d0.intoArray(y, to);
    d2.sub(d1).sub(d5).intoArray(y, to + yStride);
    d0.add(d1).add(d2).neg().intoArray(y, to + 2 * yStride);
    d5.intoArray(y, to + 3 * yStride);
  }
}
