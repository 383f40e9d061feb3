package dev.fovea.examples.lessons;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SIGMOID;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.layers.Add;
import dev.fovea.layers.Architectures;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.GlobalMaxPooling;
import dev.fovea.layers.Graph;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Model;
import dev.fovea.layers.Node;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * Models known from Keras, in Fovea's words. Shapes are channels first here: Keras' (224, 224, 3) is [3, 224, 224].
 * Making one allocates no parameters; they come when one is needed.
 */
final class KerasModels {
  private static final long SEED = 42L;

  private KerasModels() {}

  /**
   * A model and what it is called here.
   *
   * @param name what it is
   * @param model the model
   * @param loss what a training step makes small
   */
  record Known(String name, Model model, Loss loss) {}

  /** Those that are trained for a step and saved. */
  static List<Known> trained() {
    Loss classes = Loss.sparseCategoricalCrossEntropy();
    return List.of(
        new Known("flatten head, 224x224", flattenHead(), classes),
        new Known("GAP head, 224x224", averageHead(), classes),
        new Known("GAP, dense", averagePooled(), classes),
        new Known("GMP, two dense", maxPooled(), classes),
        new Known("residual block, GAP", residualBlock(), classes),
        new Known("MNIST convnet", mnistConvnet(), classes),
        new Known("conv, pool, flatten, dense", smallConvnet(), classes),
        new Known("flatten, dense", denseOnly(), Loss.binaryCrossEntropy()));
  }

  /** Two blocks of two convolutions, then flatten, dropout and three dense layers. */
  static Sequential flattenHead() {
    return blocks(Flatten.of(), Dropout.of(0.3), Dense.of(64).withActivation(RELU), Dense.of(32).withActivation(RELU),
        Dense.of(10).withActivation(SOFTMAX));
  }

  /** The same blocks, then the mean of each channel, dropout and one dense layer. */
  static Sequential averageHead() {
    return blocks(GlobalAveragePooling.of(), Dropout.of(0.3), Dense.of(10).withActivation(SOFTMAX));
  }

  private static Sequential blocks(Layer... head) {
    List<Layer> layers = new ArrayList<>();
    for (int filters : List.of(32, 64)) {
      layers.add(Conv2D.of(filters, 3).withActivation(RELU));
      layers.add(Conv2D.of(filters, 3).withActivation(RELU));
      layers.add(MaxPooling2D.of(2));
      layers.add(BatchNormalization.of());
    }
    layers.addAll(List.of(head));
    return Sequential.of(Shape.of(3, 224, 224), SEED, layers);
  }

  /** The end of a VGG network behind 512 maps of 14x14, which its last pooling makes 7x7. */
  static Sequential vggHead() {
    return Sequential.of(Shape.of(512, 14, 14), SEED, MaxPooling2D.of(2).withPadding(SAME),
        Flatten.of(), Dropout.of(0.5), Dense.of(4096).withActivation(RELU),
        Dropout.of(0.5), Dense.of(4096).withActivation(RELU), Dense.of(1000).withActivation(SOFTMAX));
  }

  /** VGG-16 (Simonyan and Zisserman 2014), configuration D: thirteen convolutions and three dense layers. */
  static Sequential vgg16() {
    return Architectures.vgg16(Shape.of(3, 224, 224), 1000, SEED);
  }

  /** 128 maps, averaged, into ten classes. */
  static Graph averagePooled() {
    Graph.Builder g = Graph.builder(SEED);
    Node pooled = g.apply("pooled", GlobalAveragePooling.of(), g.input(Shape.of(128, 32, 32)));
    return g.build(g.apply(Dense.of(10).withActivation(SOFTMAX), pooled));
  }

  /** 256 maps, the maximum of each, a hidden layer, five classes. */
  static Graph maxPooled() {
    Graph.Builder g = Graph.builder(SEED);
    Node pooled = g.apply("pooled", GlobalMaxPooling.of(), g.input(Shape.of(256, 64, 64)));
    Node hidden = g.apply(Dense.of(128).withActivation(RELU), pooled);
    return g.build(g.apply(Dense.of(5).withActivation(SOFTMAX), hidden));
  }

  /** Two convolutions, the second's output added to the first's, averaged, two classes. */
  static Graph residualBlock() {
    Graph.Builder g = Graph.builder(SEED);
    Node first = g.apply(Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU), g.input(Shape.of(64, 32, 32)));
    Node second = g.apply(Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU), first);
    Node pooled = g.apply("pooled", GlobalAveragePooling.of(), g.merge(Add.of(), second, first));
    return g.build(g.apply(Dense.of(2).withActivation(SOFTMAX), pooled));
  }

  /** The convolutional network that every introduction trains on MNIST. */
  static Sequential mnistConvnet() {
    return Architectures.convnet(Shape.of(1, 28, 28), 10, SEED);
  }

  /** One convolution, one pooling, flatten, dense. */
  static Sequential smallConvnet() {
    return Sequential.of(Shape.of(1, 28, 28), SEED, Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(), Dense.of(10).withActivation(SOFTMAX));
  }

  /** Pictures without a channel axis, flattened, into ten yes-or-no answers. */
  static Sequential denseOnly() {
    return Sequential.of(Shape.of(28, 28), SEED, Flatten.of(), Dense.of(10).withActivation(SIGMOID));
  }

  /** Flatten alone, on 16 maps of 8x8. */
  static Sequential flattenAlone() {
    return Sequential.of(Shape.of(16, 8, 8), SEED, Flatten.of());
  }
}
