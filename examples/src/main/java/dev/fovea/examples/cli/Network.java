package dev.fovea.examples.cli;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static dev.fovea.layers.Activation.TANH;

import dev.fovea.core.Shape;
import dev.fovea.core.ops.Padding;
import dev.fovea.layers.AveragePooling2D;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import java.util.List;
import java.util.Locale;

/** The networks one may choose from on the command line. */
enum Network {
  /** Two convolutions with pooling, then two dense layers: 225,034 parameters for 28x28 and ten classes. */
  CONVNET {
    @Override
    List<Layer> layers(int classes) {
      return List.of(
          Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
          Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
          Flatten.of(),
          Dense.of(128).withActivation(RELU), Dense.of(classes).withActivation(SOFTMAX));
    }
  },
  /** LeNet-5 (LeCun, Bottou, Bengio and Haffner 1998) as it is taught today, fully connected: 61,706 parameters. */
  LENET {
    @Override
    List<Layer> layers(int classes) {
      return List.of(
          Conv2D.of(6, 5).withPadding(Padding.of(2)).withActivation(TANH), AveragePooling2D.of(2),
          Conv2D.of(16, 5).withActivation(TANH), AveragePooling2D.of(2),
          Flatten.of(),
          Dense.of(120).withActivation(TANH), Dense.of(84).withActivation(TANH),
          Dense.of(classes).withActivation(SOFTMAX));
    }
  },
  /**
   * Convolutions only, then the mean of each channel: the number of parameters does not depend on the picture's size.
   */
  GAP {
    @Override
    List<Layer> layers(int classes) {
      return List.of(
          Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
          Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
          Conv2D.of(128, 3).withActivation(RELU),
          GlobalAveragePooling.of(), Dense.of(classes).withActivation(SOFTMAX));
    }
  },
  /** No convolution: what one gets without looking at neighbourhoods. */
  DENSE {
    @Override
    List<Layer> layers(int classes) {
      return List.of(Flatten.of(), Dense.of(128).withActivation(RELU), Dense.of(classes).withActivation(SOFTMAX));
    }
  };

  abstract List<Layer> layers(int classes);

  /** This network for samples of this shape. */
  Sequential build(Shape sample, int classes, long seed) {
    return Sequential.of(sample, seed, layers(classes));
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
