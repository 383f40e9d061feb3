package dev.fovea.examples.lessons;

import dev.fovea.core.Tensor;
import java.util.function.Function;

/**
 * A gradient without backpropagation: each number is moved a little up, then a little down, and the loss is computed
 * both times. (loss above - loss below) / 2h is nearly the slope; it costs two passes a number.
 */
final class FiniteDifference {
  private static final float STEP = 1e-2f;

  private FiniteDifference() {}

  /** The slope of the loss at each number; they come out as they went in. */
  static Tensor of(Function<Tensor, Tensor> loss, Tensor at) {
    Tensor slope = Tensor.zeros(at.shape());
    for (int i = 0; i < slope.data().length; i++) {
      float kept = at.data()[i];
      at.data()[i] = kept + STEP;
      double above = loss.apply(at).item();
      at.data()[i] = kept - STEP;
      double below = loss.apply(at).item();
      at.data()[i] = kept;
      slope.data()[i] = (float) ((above - below) / ((double) (kept + STEP) - (kept - STEP)));
    }
    return slope;
  }

  /** By how much two gradients differ where they differ most. */
  static double furthest(Tensor one, Tensor other) {
    double most = 0;
    for (int i = 0; i < one.shape().size(); i++) {
      most = Math.max(most, Math.abs(one.data()[i] - other.data()[i]));
    }
    return most;
  }
}
