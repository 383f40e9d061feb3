package dev.fovea.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** A decoded picture as rows of grey or of red, green and blue, 0..255, over a ground. */
final class Pixels implements Resize.Rows {
  /** What grey is to the eye: ITU-R BT.601, as in most libraries. */
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private final Raster raster;
  private final Source source;
  private final boolean grey;
  private final int[] samples;
  private final float[] color = new float[3];

  /** Turns the samples of a pixel, from an index on, into a colour. */
  @FunctionalInterface
  private interface Source {
    void read(int[] samples, int at, float[] color);
  }

  private Pixels(Raster raster, Source source, boolean grey) {
    this.raster = raster;
    this.source = source;
    this.grey = grey;
    this.samples = new int[raster.getWidth() * raster.getNumBands()];
  }

  /**
   * What a decoder gave. Its values are taken as they stand: {@code getRGB} would take grey as linear light.
   *
   * @param grey whether one channel is wanted, not three
   * @param ground what is seen through the transparent, 0..255
   */
  static Pixels of(BufferedImage image, boolean grey, float ground) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return new Pixels(raster, palette(palette, ground), grey);
    }
    int colors = raster.getNumBands() - (model.hasAlpha() ? 1 : 0);
    if (colors != 1 && colors != 3) {
      throw new IllegalArgumentException("expected 1 or 3 colours, got " + colors);
    }
    float[] toByte = new float[raster.getNumBands()];
    for (int band = 0; band < toByte.length; band++) {
      toByte[band] = 255f / ((1 << model.getComponentSize(band)) - 1);
    }
    return new Pixels(raster, colors(toByte, colors, ground), grey);
  }

  /** The four inks of a JPEG as its file holds them. */
  static Pixels ofInks(Raster raster, JpegHeader header, boolean grey) {
    if (raster.getNumBands() != 4) {
      throw new IllegalArgumentException("expected 4 inks, got " + raster.getNumBands());
    }
    return new Pixels(raster, inks(header.adobeTransform()), grey);
  }

  private static Source palette(IndexColorModel palette, float ground) {
    int[] argb = new int[palette.getMapSize()];
    palette.getRGBs(argb);
    return (samples, at, color) -> {
      int entry = argb[samples[at]];
      float alpha = (entry >>> 24) / 255f;
      for (int channel = 0; channel < 3; channel++) {
        color[channel] = over(entry >> (16 - 8 * channel) & 0xff, alpha, ground);
      }
    };
  }

  private static Source colors(float[] toByte, int colors, float ground) {
    int step = colors == 1 ? 0 : 1;
    boolean hasAlpha = toByte.length > colors;
    return (samples, at, color) -> {
      float alpha = hasAlpha ? samples[at + colors] * toByte[colors] / 255 : 1;
      for (int channel = 0; channel < 3; channel++) {
        color[channel] = over(samples[at + channel * step] * toByte[channel * step], alpha, ground);
      }
    };
  }

  private static float over(float value, float alpha, float ground) {
    return alpha == 1 ? value : alpha * value + (1 - alpha) * ground;
  }

  /**
   * Light that four inks leave, (255 - C)(255 - K) / 255 for red. Adobe's programs store 255 less the ink, and for YCCK
   * (transform 2) C, M, Y as a YCbCr JPEG stores red, green and blue.
   */
  private static Source inks(int adobeTransform) {
    return (samples, at, color) -> {
      float black = samples[at + 3];
      for (int channel = 0; channel < 3; channel++) {
        color[channel] = samples[at + channel];
      }
      if (adobeTransform == 2) {
        float luma = samples[at];
        float blue = samples[at + 1] - 128;
        float red = samples[at + 2] - 128;
        color[0] = 255 - inByte(luma + 1.402f * red);
        color[1] = 255 - inByte(luma - 0.344136f * blue - 0.714136f * red);
        color[2] = 255 - inByte(luma + 1.772f * blue);
      }
      for (int channel = 0; channel < 3; channel++) {
        color[channel] = adobeTransform < 0
            ? (255 - color[channel]) * (255 - black) / 255 : color[channel] * black / 255;
      }
    };
  }

  private static float inByte(float value) {
    return Math.max(0, Math.min(255, value));
  }

  int height() {
    return raster.getHeight();
  }

  int width() {
    return raster.getWidth();
  }

  @Override
  public void read(int y, float[] row) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
    int bands = raster.getNumBands();
    for (int x = 0; x < raster.getWidth(); x++) {
      source.read(samples, x * bands, color);
      if (grey) {
        row[x] = RED * color[0] + GREEN * color[1] + BLUE * color[2];
      } else {
        row[3 * x] = color[0];
        row[3 * x + 1] = color[1];
        row[3 * x + 2] = color[2];
      }
    }
  }
}
