package dev.fovea.data.augment;

/**
 * Pictures with their pixels at other places, interpolated bilinearly between the four nearest. Whole pixels are
 * copied bit by bit.
 *
 * <p>First the places of all pixels are computed, then the {@link Border} folds them into the frame, then each channel
 * is interpolated from a copy that has a rim of zeros: three loops without a branch.
 */
final class Resampling {
  private final int height;
  private final int width;
  /** The places to look at; 1 is the middle of the first pixel. */
  private final float[] x;
  private final float[] y;
  /** A channel with one row and column of zeros before it and two behind it. */
  private final float[] framed;
  private final int stride;
  private final Displacement displacement;

  Resampling(int height, int width) {
    this.height = height;
    this.width = width;
    x = new float[height * width];
    y = new float[height * width];
    stride = width + 3;
    framed = new float[(height + 3) * stride];
    displacement = new Displacement(height, width);
  }

  Displacement displacement() {
    return displacement;
  }

  /** The picture bent if that is asked for, of the picture that the map makes. */
  void resample(AffineMap map, boolean bent, Border border, float[] pixels, int offset, int channels) {
    int plane = height * width;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        x[row * width + column] = column + 1;
        y[row * width + column] = row + 1;
      }
      if (bent) {
        displacement.addTo(x, y, row * width, row);
      }
    }
    map.apply(x, y, plane, (width + 1) / 2f, (height + 1) / 2f);
    border.fold(x, plane, width);
    border.fold(y, plane, height);
    for (int channel = 0; channel < channels; channel++) {
      int from = offset + channel * plane;
      for (int row = 0; row < height; row++) {
        System.arraycopy(pixels, from + row * width, framed, (row + 1) * stride + 1, width);
      }
      interpolate(framed, stride, x, y, pixels, from, plane);
    }
  }

  private static void interpolate(float[] framed, int stride, float[] x, float[] y, float[] out, int from, int count) {
    for (int i = 0; i < count; i++) {
      int column = (int) x[i];
      int row = (int) y[i];
      float right = x[i] - column;
      float down = y[i] - row;
      int at = row * stride + column;
      float above = framed[at] + right * (framed[at + 1] - framed[at]);
      float below = framed[at + stride] + right * (framed[at + stride + 1] - framed[at + stride]);
      out[from + i] = above + down * (below - above);
    }
  }
}
