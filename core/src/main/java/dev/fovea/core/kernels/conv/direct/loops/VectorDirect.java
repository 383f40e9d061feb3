package dev.fovea.core.kernels.conv.direct.loops;

import dev.fovea.core.kernels.Blocks;
import dev.fovea.core.kernels.VectorWidth;

/**
 * The tiles of {@link DirectKernels} with the Vector API, each a class of its own. Two vectors side by side make the
 * better tile, but need 27 registers: only where a vector is a whole block of channels, as only then there are 32.
 */
final class VectorDirect implements DirectKernels {
  VectorDirect() {}

  @Override
  public int lanes() {
    return VectorWidth.SPECIES.length();
  }

  @Override
  public int vectors() {
    return lanes() == Blocks.WIDTH ? 2 : 1;
  }

  @Override
  public void products(int vectors, int[] taps, int count, float[] x, int xOffset, int[] xCells, int first,
      float[] w, int wOffset, float[] start, int startOffset, int[] startCells, int startSecond, float floor,
      float[] z, int zOffset, int[] zCells, int zSecond) {
    if (vectors == 2) {
      VectorProducts2.run(taps, count, x, xOffset, xCells, first, w, wOffset,
          start, startOffset, startCells, startSecond, floor, z, zOffset, zCells, zSecond);
    } else {
      VectorProducts1.run(taps, count, x, xOffset, xCells, first, w, wOffset,
          start, startOffset, startCells, floor, z, zOffset, zCells);
    }
  }

  @Override
  public void pooled(int vectors, int[] windows, int first, int[] taps, int count, float[] x, int xOffset, int xRow,
      float[] w, int wOffset, float[] start, int startOffset, float floor,
      float[] y, int yOffset, int ySecond, int[] chosen, int chosenOffset, int chosenSecond) {
    if (vectors == 2) {
      VectorWindows2.run(windows, first, taps, count, x, xOffset, xRow, w, wOffset, start, startOffset, floor,
          y, yOffset, ySecond, chosen, chosenOffset, chosenSecond);
    } else {
      VectorWindows1.run(windows, first, taps, count, x, xOffset, xRow, w, wOffset, start, startOffset, floor,
          y, yOffset, chosen, chosenOffset);
    }
  }

  @Override
  public void weights(int vectors, int[] runs, int count, float[] x, int xOffset, int xStep,
      float[] dz, int dzOffset, int dzSecond, int dzStep, float[] dw, int dwOffset) {
    if (vectors == 2) {
      VectorWeights2.run(runs, count, x, xOffset, xStep, dz, dzOffset, dzSecond, dzStep, dw, dwOffset);
    } else {
      VectorWeights1.run(runs, count, x, xOffset, xStep, dz, dzOffset, dzStep, dw, dwOffset);
    }
  }

  @Override
  public void taps(int vectors, int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, int dzSecond, float[] dw, int dwOffset) {
    if (vectors == 2) {
      VectorTaps2.run(runs, count, x, xOffset, xStep, taps, first, dz, dzOffset, dzSecond, dw, dwOffset);
    } else {
      VectorTaps1.run(runs, count, x, xOffset, xStep, taps, first, dz, dzOffset, dw, dwOffset);
    }
  }

  @Override
  public void pooledTaps(int[] windows, int count, float[] x, int xOffset, int xRow, float[] y, float[] dy, int yOffset,
      float floor, int[] chosen, int chosenOffset, float[] dw, int dwOffset) {
    VectorWindowTaps.run(windows, count, x, xOffset, xRow, y, dy, yOffset, floor, chosen, chosenOffset, dw, dwOffset);
  }

  @Override
  public void depthwise(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] w, int wOffset, float[] start, int startOffset, int startFactor, float floor,
      float[] z, int zOffset, int zStep) {
    VectorDepthwise.run(runs, count, x, xOffset, xStep, taps, first, w, wOffset,
        start, startOffset, startFactor, floor, z, zOffset, zStep);
  }

  @Override
  public void copy(int pixels, float[] x, int xOffset, int xStep, float[] y, int yOffset, int yStep) {
    VectorCopy.run(pixels, x, xOffset, xStep, y, yOffset, yStep);
  }

  @Override
  public void depthwiseTaps(int[] runs, int count, float[] x, int xOffset, int xStep, int[] taps, int first,
      float[] dz, int dzOffset, float[] dw, int dwOffset) {
    VectorDepthwiseTaps.run(runs, count, x, xOffset, xStep, taps, first, dz, dzOffset, dw, dwOffset);
  }
}
