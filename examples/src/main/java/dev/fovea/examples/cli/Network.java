package dev.fovea.examples.cli;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.examples.Recipe;
import dev.fovea.layers.Architectures;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import java.util.Locale;

/** The networks one may choose from on the command line. */
enum Network {
  /** {@link Recipe#smallNetwork}. */
  SMALL {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Sequential.of(sample, seed, Recipe.smallNetwork(classes));
    }
  },
  /** {@link Architectures#convnet}. */
  CONVNET {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Architectures.convnet(sample, classes, seed);
    }
  },
  /** {@link Architectures#leNet5}. */
  LENET {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Architectures.leNet5(sample, classes, seed);
    }
  },
  /**
   * Convolutions only, then the mean of each channel: the number of parameters does not depend on the picture's size.
   */
  GAP {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Sequential.of(sample, seed,
          Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
          Conv2D.of(64, 3).withActivation(RELU), MaxPooling2D.of(2),
          Conv2D.of(128, 3).withActivation(RELU),
          GlobalAveragePooling.of(), Dense.of(classes).withActivation(SOFTMAX));
    }
  },
  /** No convolution: what one gets without looking at neighbourhoods. */
  DENSE {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Sequential.of(sample, seed,
          Flatten.of(), Dense.of(128).withActivation(RELU), Dense.of(classes).withActivation(SOFTMAX));
    }
  },
  /** {@link Architectures#vggLike}. */
  VGG {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Architectures.vggLike(sample, classes, seed);
    }
  },
  /** {@link Architectures#resNet20}. */
  RESNET20 {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Architectures.resNet20(sample, classes, seed);
    }
  },
  /** {@link Architectures#resNet18}. */
  RESNET18 {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Architectures.resNet18(sample, classes, seed);
    }
  },
  /** {@link Architectures#mobileNet}. */
  MOBILENET {
    @Override
    Sequential build(Shape sample, int classes, long seed) {
      return Architectures.mobileNet(sample, classes, seed);
    }
  };

  /** This network for samples of this shape. */
  abstract Sequential build(Shape sample, int classes, long seed);

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
