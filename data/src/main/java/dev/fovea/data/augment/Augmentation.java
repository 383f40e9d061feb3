package dev.fovea.data.augment;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.List;

/**
 * A random change of one picture {@code [C, H, W]} of values 0..1 into another of the same shape.
 *
 * <pre>{@code
 * Augmentation augmentation = Augmentation.of(Rotate.of(10), Scale.of(0.1), Shift.of(2), Elastic.of(34, 4),
 *     Cutout.of(8).sometimes(0.5));
 * trainer.fit(train, Fit.epochs(20).augmentation(augmentation));
 * }</pre>
 *
 * <p>It is a setting, not a process: it keeps nothing, and what it does to a picture is a pure function of the picture
 * and of the {@linkplain Picture#random() random numbers} that the picture brings along, which training makes a
 * function of the seed, the epoch and the sample's index. It prints as the code that makes it.
 *
 * <p>Changes of place that follow one another, such as rotate, scale and shift, are put together and the picture is
 * interpolated once, so that it is not blurred again by each.
 *
 * <p>An augmentation of one's own needs {@link #apply} alone. Training that goes on from a checkpoint compares what
 * augmentations print, so one that is no record had better print its settings too.
 */
public interface Augmentation {
  /** Changes the picture. Many threads may call this at once, each with a picture of its own. */
  void apply(Picture picture);

  /**
   * Refuses samples that this was not made for.
   *
   * @param sample the shape of one sample
   * @throws ShapeException saying what was expected
   */
  default void requireFits(Shape sample) {
    if (sample.rank() != 3) {
      throw new ShapeException("augmentation: expected pictures [C, H, W], got samples of shape " + sample);
    }
  }

  /** These, one after the other; none at all leave a picture as it is. */
  static Augmentation of(Augmentation... steps) {
    return new Sequence(List.of(steps));
  }

  /**
   * This for some of the pictures, and nothing for the others.
   *
   * @param probability how likely a picture is changed, from 0 to 1
   */
  default Augmentation sometimes(double probability) {
    return new Sometimes(this, probability);
  }

  /** This with another border: what a picture is thought to show outside of its frame. */
  default Augmentation withBorder(Border border) {
    return new Bordered(this, border);
  }
}
