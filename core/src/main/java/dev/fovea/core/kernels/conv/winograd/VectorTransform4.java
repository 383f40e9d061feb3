package dev.fovea.core.kernels.conv.winograd;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of F(4x4, 3x3) in SIMD. Each is two passes of one small map, over the columns and then over the rows
 * of a tile ({@link VectorInputs4}, {@link VectorOutputs4}, {@link VectorInputGradients4}).
 */
final class VectorTransform4 implements WinogradTransform {
  private static final VectorSpecies<Float> S = VectorWidth.SPECIES;
  private static final int L = S.length();
  private static final int WIDTH = Blocks.WIDTH;
  static final int OUTPUTS = 4;
  static final int SIZE = 6;
  /** From one line of a tile in working space to the next. */
  static final int LINE = SIZE * WIDTH;

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
    for (int lane = 0; lane < WIDTH; lane += L) {
      VectorInputs4.input(x, xOffset + lane, stride, v, vOffset + lane, plane);
    }
  }

  @Override
  public void output(float[] v, int vOffset, int plane, float[] start, int startOffset, float floor,
      float[] z, int zOffset, int stride, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      VectorOutputs4.output(v, vOffset + lane, plane, start, startOffset + lane, floor, z, zOffset + lane, stride);
    }
  }

  @Override
  public void outputGradient(float[] dz, int dzOffset, int stride, float[] q, int qOffset, int plane, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      VectorOutputs4.outputGradient(dz, dzOffset + lane, stride, q, qOffset + lane, plane);
    }
  }

  @Override
  public void inputGradient(float[] v, int vOffset, int plane, float[] dx, int dxOffset, int stride, int addRows,
      int addColumns, float[] lines) {
    boolean direct = addRows == 0 && addColumns == 0;
    float[] to = direct ? dx : lines;
    int first = direct ? dxOffset : 0;
    int line = direct ? stride : LINE;
    for (int lane = 0; lane < WIDTH; lane += L) {
      VectorInputGradients4.inputGradient(v, vOffset + lane, plane, to, first + lane, line);
    }
    if (!direct) {
      VectorTransform4Edge.lay(SIZE, LINE, lines, dx, dxOffset, stride, addRows, addColumns);
    }
  }

  @Override
  public void filter(float[] w, int wOffset, float[] u, int uOffset, int plane, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      VectorFilters4.filter(w, wOffset + lane, u, uOffset + lane, plane);
    }
  }

  @Override
  public void filterGradient(float[] u, int uOffset, int plane, float[] lines) {
    for (int lane = 0; lane < WIDTH; lane += L) {
      VectorFilters4.filterGradient(u, uOffset + lane, plane);
    }
  }
}
