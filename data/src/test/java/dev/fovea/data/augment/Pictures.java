package dev.fovea.data.augment;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;

/** Small pictures for tests. */
final class Pictures {
  private Pictures() {}

  /** Values 0..1 without any order. */
  static float[] random(Shape shape) {
    RandomSource random = new RandomSource(11);
    float[] pixels = new float[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.uniform();
    }
    return pixels;
  }

  /** What becomes of the sample of an index; the array stays as it is. */
  static float[] changeSample(Augmentation augmentation, Shape shape, long index, float... pixels) {
    float[] changed = pixels.clone();
    new Picture(shape).change(augmentation, changed, 0, 7, index);
    return changed;
  }

  /** What an augmentation without random numbers makes of a picture. */
  static float[] change(Augmentation augmentation, Shape shape, float... pixels) {
    return changeSample(augmentation, shape, 0, pixels);
  }

  /** Moves a picture by whole or broken pixels. */
  static Augmentation move(double right, double down) {
    return picture -> picture.move(1, 0, -right, 0, 1, -down);
  }
}
