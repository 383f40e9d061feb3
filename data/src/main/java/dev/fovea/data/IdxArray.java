package dev.fovea.data;

import dev.fovea.core.Shape;

/**
 * The content of an IDX file of unsigned bytes.
 *
 * @param shape the lengths of the axes, outermost first: {@code [N]} for labels, {@code [N, H, W]} for pictures
 * @param bytes the values in row-major order, exactly as many as the shape has elements; the array is not copied
 */
public record IdxArray(Shape shape, byte[] bytes) {
  /**
   * The value at these indices, 0..255.
   *
   * @throws dev.fovea.core.ShapeException if there are not as many indices as axes
   * @throws IndexOutOfBoundsException if an index is outside its axis
   */
  public int get(int... index) {
    return bytes[shape.offset(index)] & 0xff;
  }

  /** The shape, not the values. */
  @Override
  public String toString() {
    return "IdxArray" + shape;
  }
}
