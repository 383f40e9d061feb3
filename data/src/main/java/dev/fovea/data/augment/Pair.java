package dev.fovea.data.augment;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;

/** Two samples of a batch and their targets on their way through a {@link Mixing}. It belongs to one thread. */
public final class Pair {
  private final Shape sample;
  private final int sampleSize;
  private final int targetSize;
  private final RandomSource random = new RandomSource(0);
  private float[] x;
  private float[] y;
  private int first;
  private int second;

  /**
   * Room for pairs of these shapes.
   *
   * @param sample the shape of one sample
   * @param target the shape of its target
   */
  public Pair(Shape sample, Shape target) {
    this.sample = sample;
    this.sampleSize = sample.size();
    this.targetSize = target.size();
  }

  /**
   * Mixes two samples of a batch in place.
   *
   * @param x the samples of the batch
   * @param y their targets
   * @param first the place of one of them in the batch
   * @param second the place of the other
   * @param seed what the random numbers follow from
   * @param index the same: the number of the pair
   */
  public void mix(Mixing mixing, float[] x, float[] y, int first, int second, long seed, long index) {
    this.x = x;
    this.y = y;
    this.first = first;
    this.second = second;
    random.reset(seed, index);
    mixing.apply(this);
  }

  /** The random numbers for this pair: nothing else may decide what is done to it. */
  public RandomSource random() {
    return random;
  }

  /** The shape of a sample. */
  public Shape sample() {
    return sample;
  }

  /** Makes each sample share * itself + (1 - share) * the other. */
  public void blendSamples(float share) {
    blend(x, first * sampleSize, second * sampleSize, sampleSize, share);
  }

  /** Makes each target share * itself + (1 - share) * the other. */
  public void blendTargets(float share) {
    blend(y, first * targetSize, second * targetSize, targetSize, share);
  }

  /** Lets the samples, pictures, swap a rectangle, in all channels; the targets stay. */
  public void swap(int left, int top, int width, int height) {
    int stride = sample.dim(2);
    int plane = sample.dim(1) * stride;
    for (int channel = 0; channel < sample.dim(0); channel++) {
      for (int row = top; row < top + height; row++) {
        int place = channel * plane + row * stride + left;
        for (int i = place; i < place + width; i++) {
          float kept = x[first * sampleSize + i];
          x[first * sampleSize + i] = x[second * sampleSize + i];
          x[second * sampleSize + i] = kept;
        }
      }
    }
  }

  private static void blend(float[] values, int first, int second, int count, float share) {
    float rest = 1 - share;
    for (int i = 0; i < count; i++) {
      float a = values[first + i];
      float b = values[second + i];
      values[first + i] = share * a + rest * b;
      values[second + i] = share * b + rest * a;
    }
  }
}
