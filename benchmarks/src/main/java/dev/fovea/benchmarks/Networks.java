package dev.fovea.benchmarks;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.core.ops.Padding;
import dev.fovea.layers.Architectures;
import dev.fovea.layers.AveragePooling2D;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Residual;
import java.util.ArrayList;
import java.util.List;

/** The layers of the workloads, as someone would write them who wants to use them. */
final class Networks {
  private static final int CLASSES = 10;
  /** The layers alone are taken, which no seed is in. */
  private static final long SEED = 0;

  private Networks() {}

  /** The MNIST convnet of the Keras examples without its dropout: 225,034 parameters. */
  static List<Layer> mnistConvnet() {
    return Architectures.convnet(Shape.of(1, 28, 28), CLASSES, SEED).layers();
  }

  /** Four convolutions under global average pooling: 66,410 parameters to train, whatever the size of the pictures. */
  static List<Layer> pooledHead() {
    return onTrunk(GlobalAveragePooling.of(), Dropout.of(0.3), classifier());
  }

  /** The same four under flatten and dense layers: 11,573,898 parameters to train, most of them in one layer. */
  static List<Layer> flattenHead() {
    return onTrunk(Flatten.of(), Dropout.of(0.3), Dense.of(64).withActivation(RELU),
        Dense.of(32).withActivation(RELU), classifier());
  }

  private static List<Layer> onTrunk(Layer... head) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : new int[] {32, 64}) {
      layers.add(Conv2D.of(filters, 3).withActivation(RELU));
      layers.add(Conv2D.of(filters, 3).withActivation(RELU));
      layers.add(MaxPooling2D.of(2));
      layers.add(BatchNormalization.of());
    }
    layers.addAll(List.of(head));
    return layers;
  }

  /** LeNet-5 (LeCun and others 1998) as it is written today, with ReLU and every map connected: 61,706 parameters. */
  static List<Layer> leNet5() {
    return List.of(
        Conv2D.of(6, 5).withPadding(Padding.of(2)).withActivation(RELU), AveragePooling2D.of(2),
        Conv2D.of(16, 5).withActivation(RELU), AveragePooling2D.of(2),
        Flatten.of(),
        Dense.of(120).withActivation(RELU), Dense.of(84).withActivation(RELU), classifier());
  }

  /** One residual block of 64 channels behind one convolution. */
  static List<Layer> residualBlock() {
    Conv2D convolution = Conv2D.of(64, 3).withPadding(SAME);
    return List.of(convolution.withActivation(RELU),
        Residual.of(convolution.withoutBias(), BatchNormalization.of(), RELU,
            convolution.withoutBias(), BatchNormalization.of()).withActivation(RELU),
        GlobalAveragePooling.of(), classifier());
  }

  /** The ResNet of 20 layers for CIFAR (He and others 2015, section 4.2), with projections where maps shrink. */
  static List<Layer> resNet20() {
    return Architectures.resNet20(Shape.of(3, 32, 32), CLASSES, SEED).layers();
  }

  /** MobileNet (Howard and others 2017) at half its width: depthwise convolutions, each with a 1x1 one behind it. */
  static List<Layer> mobileNet() {
    return Architectures.mobileNet(Shape.of(3, 96, 96), CLASSES, SEED, 0.5).layers();
  }

  private static Dense classifier() {
    return Dense.of(CLASSES).withActivation(SOFTMAX);
  }
}
