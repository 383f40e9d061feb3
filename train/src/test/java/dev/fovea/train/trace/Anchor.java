package dev.fovea.train.trace;

import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;

/** Two maps of 2x2, three classes: small enough to be followed by hand. */
final class Anchor {
  static final Tensor SAMPLE = Tensor.of(Shape.of(2, 2, 2), 0.8f, 0.4f, 0.2f, 0.6f, 0.1f, 0.9f, 0.5f, 0.3f);

  private Anchor() {}

  /** Flatten and a dense layer; its weights are NumPy's {@code RandomState(42).randn(3, 8) * 0.5} to four decimals. */
  static Sequential flattened() {
    Sequential model = Sequential.of(SAMPLE.shape(), 1L, Flatten.of(), Dense.of(3).withActivation(SOFTMAX));
    model.set("dense.weight",
        0.2484f, -0.0691f, 0.3238f, 0.7615f, -0.1171f, -0.1171f, 0.7896f, 0.3837f,
        -0.2347f, 0.2713f, -0.2317f, -0.2329f, 0.1210f, -0.9566f, -0.8625f, -0.2811f,
        -0.5064f, 0.1571f, -0.4540f, -0.7062f, 0.7328f, -0.1129f, 0.0338f, -0.7124f);
    return model;
  }

  /** Global average pooling and a dense layer, of weights that are easy to calculate with. */
  static Sequential pooled() {
    Sequential model =
        Sequential.of(SAMPLE.shape(), 1L, GlobalAveragePooling.of(), Dense.of(3).withActivation(SOFTMAX));
    model.set("dense.weight", 0.5f, -0.5f, -0.25f, 0.75f, 1f, -1f);
    return model;
  }

  static Trace flattenedTrace() {
    return Trace.of(flattened(), SAMPLE, Loss.sparseCategoricalCrossEntropy(), 0);
  }

  static Trace pooledTrace() {
    return Trace.of(pooled(), SAMPLE, Loss.sparseCategoricalCrossEntropy(), 0);
  }
}
