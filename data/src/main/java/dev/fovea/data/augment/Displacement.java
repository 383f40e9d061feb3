package dev.fovea.data.augment;

import dev.fovea.core.RandomSource;
import dev.fovea.core.kernels.Kernels;

/**
 * Where each pixel of a picture is moved to by an {@link Elastic} bending, and the arrays to find out.
 *
 * <p>A field of displacements along one axis lies in memory row by row, with zeros between the rows for the Gaussian to
 * reach into: so each of its weights is one long loop over the whole field, instead of many short ones over its rows.
 */
final class Displacement {
  /** Beyond so many deviations a Gaussian is cut off: 0.3 % of it. */
  private static final double REACH = 3;

  private final int height;
  private final int width;
  private double smoothness;
  /** How far the Gaussian reaches, and the zeros between two rows. */
  private int reach;
  private int stride;
  private float[] weights;
  private float[] scattered;
  private float[] rows;
  private float[] right;
  private float[] down;

  Displacement(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /** Draws a field for each axis and smooths it. */
  void draw(RandomSource random, float strength, double newSmoothness) {
    if (newSmoothness != smoothness) {
      prepare(newSmoothness);
    }
    scatter(random, strength);
    smooth(right);
    scatter(random, strength);
    smooth(down);
  }

  private void prepare(double newSmoothness) {
    smoothness = newSmoothness;
    reach = (int) Math.ceil(REACH * smoothness);
    stride = width + reach;
    weights = new float[reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      sum += gaussian(i);
    }
    for (int i = 0; i <= reach; i++) {
      weights[i] = (float) (gaussian(i) / sum);
    }
    scattered = new float[height * stride + 2 * reach];
    rows = new float[height * stride];
    right = new float[height * stride];
    down = new float[height * stride];
  }

  private double gaussian(int distance) {
    return StrictMath.exp(-0.5 * distance * distance / (smoothness * smoothness));
  }

  /** Uniform numbers from -strength to strength, 16 bits each. */
  private void scatter(RandomSource random, float strength) {
    float unit = strength * 0x1p-15f;
    for (int row = 0; row < height; row++) {
      int from = reach + row * stride;
      long bits = 0;
      for (int column = 0; column < width; column++) {
        bits = (column & 3) == 0 ? random.bits() : bits >>> 16;
        scattered[from + column] = unit * ((short) bits + 0.5f);
      }
    }
  }

  /** Smooths along the rows, then along the columns; what comes out between the rows is rubbish. */
  private void smooth(float[] field) {
    Kernels kernels = Kernels.get();
    int size = height * stride;
    kernels.scale(size, weights[0], scattered, reach, rows, 0, false);
    for (int i = 1; i <= reach; i++) {
      kernels.scale(size, weights[i], scattered, reach - i, rows, 0, true);
      kernels.scale(size, weights[i], scattered, reach + i, rows, 0, true);
    }
    kernels.scale(size, weights[0], rows, 0, field, 0, false);
    for (int i = 1; i <= Math.min(reach, height - 1); i++) {
      int away = i * stride;
      kernels.scale(size - away, weights[i], rows, 0, field, away, true);
      kernels.scale(size - away, weights[i], rows, away, field, 0, true);
    }
  }

  /** Adds the displacements of a row of pixels. */
  void addTo(float[] x, float[] y, int from, int row) {
    int at = row * stride;
    for (int column = 0; column < width; column++) {
      x[from + column] += right[at + column];
      y[from + column] += down[at + column];
    }
  }
}
