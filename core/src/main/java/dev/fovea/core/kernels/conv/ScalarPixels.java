package dev.fovea.core.kernels.conv;

import dev.fovea.core.kernels.BlockKernels;
import dev.fovea.core.kernels.Blocks;
import java.util.Arrays;

/** The kernels on rows of pixels as they are defined. */
final class ScalarPixels implements PixelKernels {
  private static final int WIDTH = Blocks.WIDTH;
  private static final float QUARTER = 0.25f;

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset,
      int[] chosen, int chosenOffset) {
    Arrays.fill(chosen, chosenOffset, chosenOffset + BlockKernels.choiceLength(pixels), 0);
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float a = z[upper + cell];
      float b = z[upper + cell + WIDTH];
      float c = z[lower + cell];
      float d = z[lower + cell + WIDTH];
      float ab = Math.max(a, b);
      float cd = Math.max(c, d);
      y[yOffset + i] = Math.max(ab, cd);
      chosen[chosenOffset + choice(i)] |= (ab >= cd ? a >= b ? 0 : 1 : c >= d ? 2 : 3) << shift(i);
    }
  }

  private static int choice(int i) {
    return i / WIDTH / BlockKernels.PIXELS_AN_INT * WIDTH + i % WIDTH;
  }

  private static int shift(int i) {
    return i / WIDTH % BlockKernels.PIXELS_AN_INT * Byte.SIZE;
  }

  @Override
  public void pool(int pixels, float[] z, int upper, int lower, float[] y, int yOffset) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float ab = Math.max(z[upper + cell], z[upper + cell + WIDTH]);
      y[yOffset + i] = Math.max(ab, Math.max(z[lower + cell], z[lower + cell + WIDTH]));
    }
  }

  @Override
  public void unpool(int pixels, float[] dy, int dyOffset, int[] chosen, int chosenOffset,
      float[] dz, int upper, int lower) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float gradient = dy[dyOffset + i];
      int number = chosen[chosenOffset + choice(i)] >>> shift(i) & 0xFF;
      dz[upper + cell] = number == 0 ? gradient : 0f;
      dz[upper + cell + WIDTH] = number == 1 ? gradient : 0f;
      dz[lower + cell] = number == 2 ? gradient : 0f;
      dz[lower + cell + WIDTH] = number == 3 ? gradient : 0f;
    }
  }

  @Override
  public void mean(int pixels, float[] z, int upper, int lower, float floor, float[] y, int yOffset,
      int[] sloped, int slopedOffset) {
    mean(pixels, z, upper, lower, y, yOffset);
    Arrays.fill(sloped, slopedOffset, slopedOffset + BlockKernels.choiceLength(pixels), 0);
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      int bits = (z[upper + cell] <= floor ? 0 : 1) | (z[upper + cell + WIDTH] <= floor ? 0 : 2)
          | (z[lower + cell] <= floor ? 0 : 4) | (z[lower + cell + WIDTH] <= floor ? 0 : 8);
      sloped[slopedOffset + choice(i)] |= bits << shift(i);
    }
  }

  @Override
  public void mean(int pixels, float[] z, int upper, int lower, float[] y, int yOffset) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      y[yOffset + i] = QUARTER
          * ((z[upper + cell] + z[upper + cell + WIDTH]) + (z[lower + cell] + z[lower + cell + WIDTH]));
    }
  }

  @Override
  public void unmean(int pixels, float[] dy, int dyOffset, int[] sloped, int slopedOffset, float[] dz, int upper,
      int lower, float[] sums, int sumsOffset) {
    for (int i = 0; i < pixels * WIDTH; i++) {
      int cell = i + i / WIDTH * WIDTH;
      float share = QUARTER * dy[dyOffset + i];
      int bits = sloped[slopedOffset + choice(i)] >>> shift(i);
      float a = (bits & 1) == 0 ? 0f : share;
      float b = (bits & 2) == 0 ? 0f : share;
      float c = (bits & 4) == 0 ? 0f : share;
      float d = (bits & 8) == 0 ? 0f : share;
      dz[upper + cell] = a;
      dz[upper + cell + WIDTH] = b;
      dz[lower + cell] = c;
      dz[lower + cell + WIDTH] = d;
      sums[sumsOffset + i % WIDTH] += (a + b) + (c + d);
    }
  }

  @Override
  public void sum(int pixels, float[] x, int xOffset, float[] sums, int sumsOffset) {
    for (int i = 0; i < pixels; i++) {
      for (int lane = 0; lane < WIDTH; lane++) {
        sums[sumsOffset + lane] += x[xOffset + i * WIDTH + lane];
      }
    }
  }
}
