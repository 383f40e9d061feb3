package dev.fovea.examples.report;

import dev.fovea.core.Tensor;
import dev.fovea.examples.html.Html;
import dev.fovea.examples.html.Png;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;

/** Draws tensors as pictures, a pixel for each place; the page makes them larger. */
final class Pictures {
  private static final int WHITE = 255;

  private Pictures() {}

  /** A sample {@code [C, H, W]} of 0..1: in colour if it has three channels, else the mean of its channels in grey. */
  static BufferedImage sample(Tensor sample) {
    int height = sample.shape().dim(1);
    int width = sample.shape().dim(2);
    int channels = sample.shape().dim(0);
    int plane = height * width;
    float[] values = sample.data();
    return image(width, height, place -> {
      if (channels == 3) {
        return color(values[place], values[plane + place], values[2 * plane + place]);
      }
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += values[c * plane + place];
      }
      return color(sum / channels, sum / channels, sum / channels);
    });
  }

  /** A plane of any values in grey: its lowest black, its highest white. */
  static BufferedImage plane(float[] values, int from, int height, int width) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + height * width; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    float lowest = low;
    float range = high > low ? high - low : 1;
    return image(width, height, place -> {
      float grey = (values[from + place] - lowest) / range;
      return color(grey, grey, grey);
    });
  }

  /** Values of both signs: 0 is white, the largest red if it is above, blue if it is below. */
  static BufferedImage signed(float[] values, int from, int height, int width) {
    float largest = Float.MIN_NORMAL;
    for (int i = from; i < from + height * width; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    float scale = 1 / largest;
    return image(width, height, place -> {
      float value = values[from + place] * scale;
      float rest = 1 - Math.abs(value);
      return value > 0 ? color(1, rest, rest) : color(rest, rest, 1);
    });
  }

  /** How strong a gradient {@code [C, H, W]} is at each place: the largest size over the channels, dark to bright. */
  static BufferedImage strength(Tensor gradient) {
    int height = gradient.shape().dim(1);
    int width = gradient.shape().dim(2);
    int plane = height * width;
    float[] strength = new float[plane];
    for (int i = 0; i < gradient.shape().size(); i++) {
      strength[i % plane] = Math.max(strength[i % plane], Math.abs(gradient.data()[i]));
    }
    return plane(strength, 0, height, width);
  }

  private static BufferedImage image(int width, int height, IntUnaryOperator color) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, color.applyAsInt(y * width + x));
      }
    }
    return image;
  }

  private static int color(float red, float green, float blue) {
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(float value) {
    return Math.max(0, Math.min(WHITE, Math.round(value * WHITE)));
  }

  /** An element that shows an image with a text for those who cannot see it. */
  static String element(BufferedImage image, String text) {
    return "<img class=\"pixels\" width=\"" + image.getWidth() + "\" height=\"" + image.getHeight() + "\" alt=\""
        + Html.escaped(text) + "\" src=\"" + Png.dataUri(Png.bytes(image)) + "\">";
  }

  /** The same with a caption of HTML under it. */
  static String figure(BufferedImage image, String text, String caption) {
    return "<figure>" + element(image, text) + "<figcaption>" + caption + "</figcaption></figure>";
  }

  /** A chart, drawn at twice the size it is shown in. */
  static String chart(byte[] png, int width, String text) {
    return "<img class=\"chart\" width=\"" + width + "\" alt=\"" + Html.escaped(text) + "\" src=\"" + Png.dataUri(png)
        + "\">";
  }
}
