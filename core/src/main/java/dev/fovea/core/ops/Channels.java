package dev.fovea.core.ops;

import dev.fovea.core.Shape;

/**
 * A tensor [N, C, ...] as planes: what one channel of one sample holds lies side by side.
 *
 * @param samples N
 * @param count C
 * @param plane the number of elements of one plane, the product of all further axes
 */
record Channels(int samples, int count, int plane) {
  /** Elements a thread takes at a time, at least one plane or one channel. */
  private static final int STRETCH = 1 << 14;

  static Channels of(Shape shape) {
    return new Channels(shape.dim(0), shape.dim(1), (int) shape.count(2, shape.rank()));
  }

  /** Where a plane begins. */
  int offset(int sample, int channel) {
    return (sample * count + channel) * plane;
  }

  /** The elements of one channel over all samples. */
  int perChannel() {
    return samples * plane;
  }

  int channelsAtATime() {
    return Math.max(1, STRETCH / perChannel());
  }

  int planesAtATime() {
    return Math.max(1, STRETCH / plane);
  }
}
