package dev.fovea.examples.lessons;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;

import dev.fovea.core.Shape;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.GlobalMaxPooling;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What may stand between the last feature maps of a trunk and the classes. */
enum Head {
  /** Every cell of every map, then two dense layers, as flatten heads usually have them. */
  FLATTEN("flatten", Flatten.of(), Dense.of(64).withActivation(RELU), Dense.of(32).withActivation(RELU)),
  /** The same with the usual remedy against learning by heart: half of the flat vector is left out at each step. */
  FLATTEN_DROPOUT("flatten + dropout", Flatten.of(), Dropout.of(0.5),
      Dense.of(64).withActivation(RELU), Dense.of(32).withActivation(RELU)),
  /** The mean of every map. */
  GAP("GAP", GlobalAveragePooling.of()),
  /** The largest cell of every map. */
  GMP("GMP", GlobalMaxPooling.of());

  /**
   * With the usual momentum of 0.99 the running mean and variance, which start at 0 and 1, would still be on their way
   * after the few steps that 500 pictures give, and every head would be tested as it is not.
   */
  private static final BatchNormalization NORMALIZATION = BatchNormalization.of().withMomentum(0.9);

  private final String title;
  private final List<Layer> layers;

  Head(String title, Layer... layers) {
    this.title = title;
    this.layers = List.of(layers);
  }

  /**
   * The trunk under all of them: that of the Keras model with 11,574,090 parameters, half as wide, so that it trains in
   * minutes. It makes 32 maps of 4x4 out of a picture of 28x28.
   */
  static List<Layer> trunk() {
    return List.of(
        Conv2D.of(16, 3).withActivation(RELU), Conv2D.of(16, 3).withActivation(RELU), MaxPooling2D.of(2),
        NORMALIZATION,
        Conv2D.of(32, 3).withActivation(RELU), Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        NORMALIZATION);
  }

  /** The trunk, this head, and one more dense layer with an output for each class. */
  Sequential model(Shape sample, int classes, long seed) {
    List<Layer> all = new ArrayList<>(trunk());
    all.addAll(layers);
    all.add(Dense.of(classes).withActivation(SOFTMAX));
    return Sequential.of(sample, seed, all);
  }

  /** The layers of this head, without the last one, as the code that makes them. */
  String code() {
    return layers.stream().map(Layer::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return title;
  }
}
