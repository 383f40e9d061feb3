package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;

import dev.fovea.core.Shape;
import java.util.ArrayList;
import java.util.List;

/** Models whose parameter counts are known from elsewhere. */
final class KnownModels {
  private KnownModels() {}

  /** Keras' example for MNIST, with a dense layer of 128. */
  static Sequential convnet() {
    return Architectures.convnet(Shape.of(1, 28, 28), 10, 42L);
  }

  /** The trunk of the seeds classifier at 224 x 224 x 3 under one of two heads. */
  static Sequential seeds(Layer... head) {
    List<Layer> layers = new ArrayList<>(List.of(
        Conv2D.of(32, 3).withActivation(RELU), Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        BatchNormalization.of(),
        Conv2D.of(64, 3).withActivation(RELU), Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
        BatchNormalization.of()));
    layers.addAll(List.of(head));
    return Sequential.of(Shape.of(3, 224, 224), 42L, layers);
  }
}
