package dev.fovea.data.augment;

/** (x, y) -> (xx x + xy y + x0, yx x + yy y + y0), from a place in the new picture to the one in the old. */
final class AffineMap {
  private double xx;
  private double xy;
  private double x0;
  private double yx;
  private double yy;
  private double y0;

  AffineMap() {
    reset();
  }

  void reset() {
    set(1, 0, 0, 0, 1, 0);
  }

  private void set(double newXx, double newXy, double newX0, double newYx, double newYy, double newY0) {
    xx = newXx;
    xy = newXy;
    x0 = newX0;
    yx = newYx;
    yy = newYy;
    y0 = newY0;
  }

  boolean isIdentity() {
    return xx == 1 && xy == 0 && x0 == 0 && yx == 0 && yy == 1 && y0 == 0;
  }

  /** This map, of what the given one makes of a place. */
  void after(double fxx, double fxy, double fx0, double fyx, double fyy, double fy0) {
    set(xx * fxx + xy * fyx, xx * fxy + xy * fyy, xx * fx0 + xy * fy0 + x0,
        yx * fxx + yy * fyx, yx * fxy + yy * fyy, yx * fx0 + yy * fy0 + y0);
  }

  /**
   * Replaces places by what the map makes of them.
   *
   * @param middleX where the picture's middle is
   * @param middleY the same
   */
  void apply(float[] x, float[] y, int count, float middleX, float middleY) {
    float a = (float) xx;
    float b = (float) xy;
    float c = (float) (x0 + middleX);
    float d = (float) yx;
    float e = (float) yy;
    float f = (float) (y0 + middleY);
    for (int i = 0; i < count; i++) {
      float fromMiddleX = x[i] - middleX;
      float fromMiddleY = y[i] - middleY;
      x[i] = a * fromMiddleX + b * fromMiddleY + c;
      y[i] = d * fromMiddleX + e * fromMiddleY + f;
    }
  }
}
