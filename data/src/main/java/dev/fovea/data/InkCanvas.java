package dev.fovea.data;

import dev.fovea.core.RandomSource;
import java.util.Arrays;

/**
 * A small square grey picture to draw on. Lines are drawn as distances: each pixel keeps how far its centre is outside
 * of the nearest line's edge, which {@link #ink} turns into coverage with soft edges.
 */
final class InkCanvas {
  private static final double SQRT_3 = 1.7320508075688772;

  private final int side;
  private final double[] outside;
  private final double[] grey;
  private final double[] blurred;

  InkCanvas(int side) {
    this.side = side;
    outside = new double[side * side];
    grey = new double[side * side];
    blurred = new double[side * side];
  }

  void clear() {
    Arrays.fill(grey, 0);
    Arrays.fill(outside, Double.MAX_VALUE);
  }

  /** A straight line with round ends, in pixels; the first pixel's centre is at 0.5, 0.5. */
  void line(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + 1;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(side - 1, (int) Math.floor(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(side - 1, (int) Math.floor(Math.max(y0, y1) + reach));
    double alongX = x1 - x0;
    double alongY = y1 - y0;
    double length = alongX * alongX + alongY * alongY;
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double x = column + 0.5 - x0;
        double y = row + 0.5 - y0;
        double t = length == 0 ? 0 : Math.max(0, Math.min(1, (x * alongX + y * alongY) / length));
        double awayX = x - t * alongX;
        double awayY = y - t * alongY;
        double distance = Math.sqrt(awayX * awayX + awayY * awayY) - radius;
        int pixel = row * side + column;
        outside[pixel] = Math.min(outside[pixel], distance);
      }
    }
  }

  /** Puts ink of this intensity on the lines drawn since the last call. */
  void ink(double intensity) {
    for (int i = 0; i < grey.length; i++) {
      double coverage = Math.max(0, Math.min(1, 0.5 - outside[i]));
      grey[i] = Math.max(grey[i], intensity * coverage);
      outside[i] = Double.MAX_VALUE;
    }
  }

  /** Mixes each pixel with its 3x3 neighbourhood, weighted 1 2 1 both ways; the share of that is 0..1. */
  void blur(double share) {
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            sum += (2 - dy * dy) * (2 - dx * dx) * at(row + dy, column + dx);
          }
        }
        int pixel = row * side + column;
        blurred[pixel] = grey[pixel] + share * (sum / 16 - grey[pixel]);
      }
    }
    System.arraycopy(blurred, 0, grey, 0, grey.length);
  }

  private double at(int row, int column) {
    return row < 0 || row >= side || column < 0 || column >= side ? 0 : grey[row * side + column];
  }

  /** Adds noise of this standard deviation to each pixel. */
  void noise(double deviation, RandomSource random) {
    for (int i = 0; i < grey.length; i++) {
      grey[i] += deviation * bell(random.bits());
    }
  }

  /** The sum of four uniform numbers, of mean 0 and deviation 1: nearly normal, and without a logarithm a pixel. */
  private static double bell(long bits) {
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum * 0x1p-16 - 2) * SQRT_3;
  }

  /** The picture as unsigned bytes; what is darker than black or lighter than white is cut off. */
  void write(byte[] pixels, int offset) {
    for (int i = 0; i < grey.length; i++) {
      pixels[offset + i] = (byte) Math.round(255 * Math.max(0, Math.min(1, grey[i])));
    }
  }
}
