package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import java.util.ArrayList;
import java.util.List;

/** Models whose parameter counts are known from elsewhere. */
final class Architectures {
  private Architectures() {}

  /** Keras' example for MNIST, with a dense layer of 128. */
  static Sequential convnet() {
    return Sequential.of(Shape.of(1, 28, 28), 42L,
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(128).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
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

  /** Simonyan and Zisserman 2014, configuration D. */
  static Sequential vgg16() {
    List<Layer> layers = new ArrayList<>();
    int[][] blocks = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
    for (int[] block : blocks) {
      for (int i = 0; i < block[1]; i++) {
        layers.add(Conv2D.of(block[0], 3).withPadding(SAME).withActivation(RELU));
      }
      layers.add(MaxPooling2D.of(2));
    }
    layers.addAll(List.of(Flatten.of(), Dense.of(4096).withActivation(RELU), Dense.of(4096).withActivation(RELU),
        Dense.of(1000).withActivation(SOFTMAX)));
    return Sequential.of(Shape.of(3, 224, 224), 42L, layers);
  }
}
