package dev.fovea.data.augment;

import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import java.util.List;

/**
 * A random mixture of the samples of a batch by pairs, and of their targets, which must be distributions over the
 * classes {@code [K]}: {@code train.oneHot()} makes them of labels, {@code Loss.categoricalCrossEntropy()} takes them.
 *
 * <pre>{@code
 * trainer.fit(train.oneHot(), Fit.epochs(20).mixing(MixUp.of(0.2)).validation(test.oneHot()));
 * }</pre>
 *
 * <p>The first sample of a batch is mixed with the last, the second with the last but one and so on; as batches are cut
 * from an order that is random already, those are random pairs. The one in the middle of an odd number stays.
 */
public interface Mixing {
  /** Mixes the samples of a pair and their targets, both ways. Many threads may call this at once. */
  void apply(Pair pair);

  /**
   * Refuses samples that this was not made for.
   *
   * @param sample the shape of one sample
   * @throws ShapeException saying what was expected
   */
  default void requireFits(Shape sample) {}

  /**
   * One of these for each pair, all equally likely.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Mixing oneOf(Mixing... mixings) {
    return new OneMixing(List.of(mixings));
  }
}
