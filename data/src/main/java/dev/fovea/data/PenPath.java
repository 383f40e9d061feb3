package dev.fovea.data;

import java.util.Arrays;

/**
 * The way of a pen over the paper, in pixels: strokes, each a row of points. Between two corners the pen follows a
 * cubic Hermite curve through the points with the slopes of Catmull and Rom ("A class of local interpolating splines",
 * 1974).
 */
final class PenPath {
  private static final int PIECES = 8;

  private double[] x = new double[32];
  private double[] y = new double[32];
  private boolean[] corner = new boolean[32];
  private boolean[] begins = new boolean[32];
  private int size;
  private boolean begin;

  void clear() {
    size = 0;
  }

  /** Lifts the pen: the next point begins a new stroke. */
  void begin() {
    begin = true;
  }

  void add(double pointX, double pointY, boolean isCorner) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
      corner = Arrays.copyOf(corner, 2 * size);
      begins = Arrays.copyOf(begins, 2 * size);
    }
    x[size] = pointX;
    y[size] = pointY;
    corner[size] = isCorner;
    begins[size++] = begin;
    begin = false;
  }

  double width() {
    return max(x) - min(x);
  }

  double height() {
    return max(y) - min(y);
  }

  /** Moves the middle of all points here. */
  void moveCentre(double centreX, double centreY) {
    move(x, centreX - (max(x) + min(x)) / 2);
    move(y, centreY - (max(y) + min(y)) / 2);
  }

  private void move(double[] values, double by) {
    for (int i = 0; i < size; i++) {
      values[i] += by;
    }
  }

  private double min(double[] values) {
    double min = values[0];
    for (int i = 1; i < size; i++) {
      min = Math.min(min, values[i]);
    }
    return min;
  }

  private double max(double[] values) {
    double max = values[0];
    for (int i = 1; i < size; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }

  /**
   * Draws all strokes.
   *
   * @param radius half the thickness of the line, in the middle of the path
   * @param pressure by which share the radius grows from the middle to the end and shrinks towards the beginning
   */
  void draw(InkCanvas canvas, double radius, double pressure) {
    for (int i = 0; i + 1 < size; i++) {
      if (!begins[i + 1]) {
        double from = radius * (1 + pressure * (2.0 * i / (size - 1) - 1));
        double to = radius * (1 + pressure * (2.0 * (i + 1) / (size - 1) - 1));
        curve(canvas, i, from, to);
      }
    }
  }

  /** Draws from point i to the next, in straight pieces. */
  private void curve(InkCanvas canvas, int i, double fromRadius, double toRadius) {
    double startX = slope(x, i, i);
    double startY = slope(y, i, i);
    double endX = slope(x, i + 1, i);
    double endY = slope(y, i + 1, i);
    double lastX = x[i];
    double lastY = y[i];
    for (int piece = 1; piece <= PIECES; piece++) {
      double t = piece / (double) PIECES;
      double nextX = hermite(t, x[i], startX, x[i + 1], endX);
      double nextY = hermite(t, y[i], startY, y[i + 1], endY);
      canvas.line(lastX, lastY, nextX, nextY, fromRadius + (toRadius - fromRadius) * t);
      lastX = nextX;
      lastY = nextY;
    }
  }

  /** The slope at a point of the curve from point i to the next: at a corner it looks along the chord. */
  private double slope(double[] values, int point, int i) {
    return corner[point] ? values[i + 1] - values[i] : (values[point + 1] - values[point - 1]) / 2;
  }

  private static double hermite(double t, double from, double fromSlope, double to, double toSlope) {
    double rest = 1 - t;
    return rest * rest * ((1 + 2 * t) * from + t * fromSlope) + t * t * ((3 - 2 * t) * to - rest * toSlope);
  }
}
