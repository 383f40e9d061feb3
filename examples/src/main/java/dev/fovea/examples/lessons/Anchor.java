package dev.fovea.examples.lessons;

import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Sequential;

/** The small example that lessons share: two maps of 2x2, as convolutions might have left them, and three classes. */
final class Anchor {
  static final int CLASSES = 3;
  /** The class that is right. */
  static final int LABEL = 0;

  private static final long NOTEBOOK_SEED = 42;
  private static final double DEVIATION = 0.5;

  private Anchor() {}

  /** One sample, [C, H, W]. */
  static Tensor maps() {
    return Tensor.of(Shape.of(2, 2, 2), 0.8f, 0.4f, 0.2f, 0.6f, 0.1f, 0.9f, 0.5f, 0.3f);
  }

  /**
   * {@code np.random.seed(42); W = np.random.randn(classes, inputs) * 0.5}, [classes, inputs] in NumPy's order, which
   * is ours.
   */
  static float[] weights(int inputs) {
    double[] normal = new NumpyRandom(NOTEBOOK_SEED).randn(CLASSES * inputs);
    float[] weights = new float[normal.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (normal[i] * DEVIATION);
    }
    return weights;
  }

  /** A head that makes a vector of the maps, then a dense layer with those weights, no bias, and softmax. */
  static Sequential model(Layer head) {
    Sequential model = Sequential.of(maps().shape(), 0L, head, Dense.of(CLASSES).withActivation(SOFTMAX));
    model.set("dense.weight", weights(model.parameter("dense.weight").shape().dim(1)));
    return model;
  }
}
