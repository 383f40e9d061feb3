package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link WinogradTransform#edge} of {@link VectorTransform4}: in a low direction the maps are those of the points 0, 1,
 * -1 and infinity, the others are those of whole tiles. Tiles have 24 cells at most, which stay in registers ({@link
 * VectorEdgeInputs4}, {@link VectorEdgeOutputs4}, {@link VectorCorners4}).
 */
final class VectorTransform4Edge implements TileTransform {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  private static final int LOW = WinogradTransform.LOW;
  private static final int SIZE = VectorTransform4.SIZE;
  private static final int LINE = VectorTransform4.LINE;

  private final boolean lowRows;
  private final boolean lowColumns;
  private final boolean lowBoth;

  VectorTransform4Edge(boolean lowRows, boolean lowColumns) {
    this.lowRows = lowRows;
    this.lowColumns = lowColumns;
    this.lowBoth = lowRows && lowColumns;
  }

  @Override
  public int outputRows() {
    return lowRows ? LOW : VectorTransform4.OUTPUTS;
  }

  @Override
  public int outputColumns() {
    return lowColumns ? LOW : VectorTransform4.OUTPUTS;
  }

  /** The distance of neighbours in the direction that is not low. */
  private int along(int rows, int columns) {
    return lowRows ? columns : rows;
  }

  /** The distance of neighbours in the low direction. */
  private int across(int rows, int columns) {
    return lowRows ? rows : columns;
  }

  @Override
  public void input(float[] x, int xOffset, int stride, float[] v, int vOffset, int plane, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      if (lowBoth) {
        VectorCorners4.input(x, xOffset + lane, stride, v, vOffset + lane, plane);
      } else {
        VectorEdgeInputs4.input(x, xOffset + lane, along(stride, WIDTH), across(stride, WIDTH),
            v, vOffset + lane, along(SIZE * plane, plane), across(SIZE * plane, plane));
      }
    }
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      if (lowBoth) {
        VectorCorners4.output(v, vOffset + lane, plane, start, startOffset + lane, floor, z, zOffset + lane, stride);
      } else {
        VectorEdgeOutputs4.output(v, vOffset + lane, along(SIZE * plane, plane), across(SIZE * plane, plane),
            start, startOffset + lane, floor, z, zOffset + lane, along(stride, WIDTH), across(stride, WIDTH));
      }
    }
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      if (lowBoth) {
        VectorCorners4.outputGradient(dz, dzOffset + lane, stride, q, qOffset + lane, plane);
      } else {
        VectorEdgeOutputs4.outputGradient(dz, dzOffset + lane, along(stride, WIDTH), across(stride, WIDTH),
            q, qOffset + lane, along(SIZE * plane, plane), across(SIZE * plane, plane));
      }
    }
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      if (lowBoth) {
        VectorCorners4.inputGradient(v, vOffset + lane, plane, lines, lane, LINE);
      } else {
        VectorEdgeInputs4.inputGradient(v, vOffset + lane, along(SIZE * plane, plane), across(SIZE * plane, plane),
            lines, lane, along(LINE, WIDTH), across(LINE, WIDTH));
      }
    }
    lay(outputRows() + 2, (outputColumns() + 2) * WIDTH, lines, dx, dxOffset, stride, addRows, addColumns);
  }

  /** Lays a tile of inputs from working space: adds to the first rows and columns of dx, overwrites the others. */
  static void lay(int rows, int length, float[] lines, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns) {
    for (int row = 0; row < rows; row++) {
      int from = row * LINE;
      int to = dxOffset + row * stride;
      int added = row < addRows ? length : addColumns * WIDTH;
      for (int i = 0; i < added; i += L) {
        FloatVector.fromArray(S, lines, from + i).add(FloatVector.fromArray(S, dx, to + i)).intoArray(dx, to + i);
      }
      for (int i = added; i < length; i += L) {
        FloatVector.fromArray(S, lines, from + i).intoArray(dx, to + i);
      }
    }
  }
}
