package dev.fovea.examples.lessons;

import dev.fovea.core.Shape;
import dev.fovea.data.Dataset;
import java.util.Arrays;
import java.util.List;

/**
 * The pictures of a data set with their pixels put elsewhere: in a larger frame, moved, enlarged. Every channel is
 * treated alike; the labels stay.
 */
final class Rearranged implements Dataset {
  private static final int GROUND = -1;

  private final Dataset source;
  private final Shape sampleShape;
  private final int[] origins;

  /** Tells the pixel of the source that a new pixel shows; a place outside the picture is dark ground. */
  private interface Origin {
    int[] of(int row, int column);
  }

  private Rearranged(Dataset source, int height, int width, Origin origin) {
    Shape old = source.sampleShape();
    this.source = source;
    this.sampleShape = Shape.of(old.dim(0), height, width);
    this.origins = new int[height * width];
    Arrays.setAll(origins, pixel -> {
      int[] place = origin.of(pixel / width, pixel % width);
      boolean inside = place[0] >= 0 && place[0] < old.dim(1) && place[1] >= 0 && place[1] < old.dim(2);
      return inside ? place[0] * old.dim(2) + place[1] : GROUND;
    });
  }

  /** Each picture in the middle of a dark square of this side. */
  static Rearranged framed(Dataset source, int side) {
    int top = (side - source.sampleShape().dim(1)) / 2;
    int left = (side - source.sampleShape().dim(2)) / 2;
    return new Rearranged(source, side, side, (row, column) -> new int[] {row - top, column - left});
  }

  /** Each pixel as a square of {@code factor} by {@code factor} pixels. */
  static Rearranged enlarged(Dataset source, int factor) {
    return new Rearranged(source, factor * source.sampleShape().dim(1), factor * source.sampleShape().dim(2),
        (row, column) -> new int[] {row / factor, column / factor});
  }

  /** Each picture moved to the right, what leaves it on the right coming back in on the left. */
  static Rearranged turned(Dataset source, int columns) {
    int width = source.sampleShape().dim(2);
    return new Rearranged(source, source.sampleShape().dim(1), width,
        (row, column) -> new int[] {row, Math.floorMod(column - columns, width)});
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public Shape sampleShape() {
    return sampleShape;
  }

  @Override
  public Shape targetShape() {
    return source.targetShape();
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
    float[] old = new float[source.sampleShape().size()];
    source.read(index, old, 0, y, yOffset);
    int area = old.length / sampleShape.dim(0);
    for (int i = 0; i < sampleShape.size(); i++) {
      int origin = origins[i % origins.length];
      x[xOffset + i] = origin == GROUND ? 0 : old[i / origins.length * area + origin];
    }
  }
}
