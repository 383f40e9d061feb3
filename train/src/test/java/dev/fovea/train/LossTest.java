package dev.fovea.train;

import static dev.fovea.layers.Activation.LOG_SOFTMAX;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SIGMOID;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.data.ArrayDataset;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossTest {
  private static final Tensor SCORES = Tensor.of(Shape.of(2, 3), 1, 2, -1, 1000, -1000, 0);
  private static final Tensor LABELS = Tensor.vector(1, 2);
  private static final Tensor ONE_HOT = Tensor.of(Shape.of(2, 3), 0, 1, 0, 0, 0, 1);

  @Test
  void crossEntropyOfSoftmaxIsComputedFromItsInput() {
    float expected = Ops.crossEntropyFromLogits(SCORES, LABELS).item();
    assertThat(expected).isGreaterThan(500);
    Tensor scores = SCORES.detach().withGrad();
    assertThat(Loss.sparseCategoricalCrossEntropy().apply(Ops.softmax(scores), LABELS).item()).isEqualTo(expected);
    assertThat(Loss.sparseCategoricalCrossEntropy().apply(Ops.logSoftmax(scores), LABELS).item()).isEqualTo(expected);
    assertThat(Loss.categoricalCrossEntropy().apply(Ops.softmax(scores), ONE_HOT).item()).isEqualTo(expected);
    assertThat(Loss.sparseCategoricalCrossEntropy().fromLogits().apply(SCORES, LABELS).item()).isEqualTo(expected);
    assertThat(Loss.categoricalCrossEntropy().fromLogits().apply(SCORES, ONE_HOT).item()).isEqualTo(expected);
  }

  @Test
  void crossEntropyOfPlainProbabilities() {
    Tensor p = Tensor.of(Shape.of(2, 2), 0.25f, 0.75f, 0.5f, 0.5f);
    double expected = -(Math.log(0.75) + Math.log(0.5)) / 2;
    assertThat(Loss.sparseCategoricalCrossEntropy().apply(p, Tensor.vector(1, 0)).item())
        .isCloseTo((float) expected, within(1e-6f));
  }

  @Test
  void labelSmoothing() {
    Tensor logits = Tensor.of(Shape.of(1, 2), 0, 1);
    float expected = Ops.crossEntropyFromLogits(logits, Tensor.vector(1), 0.1).item();
    Loss loss = Loss.sparseCategoricalCrossEntropy().withLabelSmoothing(0.1);
    assertThat(loss.apply(Ops.softmax(logits.withGrad()), Tensor.vector(1)).item()).isEqualTo(expected);
    assertThat(loss).hasToString("Loss.sparseCategoricalCrossEntropy().withLabelSmoothing(0.1)");
  }

  @Test
  void weights() {
    Tensor logits = Tensor.of(Shape.of(2, 2), 0, 1, 2, 0);
    Tensor labels = Tensor.vector(1, 0);
    CategoricalCrossEntropy plain = Loss.sparseCategoricalCrossEntropy().fromLogits();
    CategoricalCrossEntropy weighted = plain.withClassWeights(0.5, 3);
    assertThat(weighted).hasToString("Loss.sparseCategoricalCrossEntropy().fromLogits().withClassWeights(0.5, 3.0)");
    float byClass = Ops.crossEntropyFromLogits(logits, labels, Tensor.vector(3, 0.5f), 0).item();
    assertThat(weighted.apply(logits, labels).item()).isEqualTo(byClass);
    assertThat(plain.apply(logits, labels, Tensor.vector(3, 0.5f)).item()).isEqualTo(byClass);
    assertThat(weighted.withLabelSmoothing(0.1).fromLogits().classWeights()).containsExactly(0.5, 3.0);
    assertThat(Loss.meanSquaredError().apply(logits, Tensor.zeros(Shape.of(2, 2)), Tensor.vector(2, 1)).item())
        .isEqualTo((2 * 1 + 4) / 4f);
    Tensor answers = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    assertThat(Loss.binaryCrossEntropy().fromLogits().apply(logits, answers, Tensor.vector(2, 1)).item())
        .isEqualTo(Ops.binaryCrossEntropyFromLogits(logits, answers, Tensor.vector(2, 1)).item());
    Loss own = (prediction, target) -> prediction;
    assertThat(own.apply(logits, labels, null)).isSameAs(logits);
    assertThatThrownBy(() -> own.apply(logits, labels, labels)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss: expected no weights of the samples, " + own + " takes none");
    assertThatThrownBy(() -> plain.withClassWeights(1, -1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparseCategoricalCrossEntropy: the weight of class 1 must be at least 0 and finite, got -1.0");
    Sequential model = Sequential.of(Shape.of(2), 1, Dense.of(3));
    assertThatThrownBy(() -> Trainer.of(model, Sgd.of(0.1), weighted)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparseCategoricalCrossEntropy: expected a weight for each of the model's 3 classes, got 2");
  }

  /** Of 6 samples 3, 2 and 1 are of a class: 6 / (3 * 3), 6 / (3 * 2), 6 / (3 * 1). */
  @Test
  void balancedWeights() {
    Tensor x = Tensor.zeros(Shape.of(6, 1));
    assertThat(Loss.balancedWeights(ArrayDataset.of(x, 0, 1, 0, 2, 1, 0))).containsExactly(6 / 9.0, 1, 2);
    assertThat(Loss.balancedWeights(ArrayDataset.of(x, new int[] {0, 0, 0, 1, 1, 1}, List.of("a", "b", "c"))))
        .containsExactly(6 / 9.0, 6 / 9.0, 0);
    assertThatThrownBy(() -> Loss.balancedWeights(ArrayDataset.of(x, Tensor.zeros(Shape.of(6, 2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("balanced weights: expected data with classes, got targets of shape [2]");
  }

  @Test
  void binaryCrossEntropyIsComputedFromWhatGoesIntoTheSigmoid() {
    Tensor answers = Tensor.of(Shape.of(2, 3), 1, 0, 1, 0, 1, 1);
    float expected = Ops.binaryCrossEntropyFromLogits(SCORES, answers).item();
    assertThat(Loss.binaryCrossEntropy().apply(Ops.sigmoid(SCORES.detach().withGrad()), answers).item())
        .isEqualTo(expected);
    assertThat(Loss.binaryCrossEntropy().fromLogits().apply(SCORES, answers).item()).isEqualTo(expected);
  }

  @Test
  void sigmoidInsideADenseProduct() {
    RandomSource random = new RandomSource(1);
    Tensor x = Tensor.normal(Shape.of(4, 3), random).withGrad();
    Tensor w = Tensor.normal(Shape.of(1, 3), random).withGrad();
    Tensor b = Tensor.vector(0.5f).withGrad();
    Tensor answers = Tensor.vector(1, 0, 0, 1);
    Tensor inside = Loss.binaryCrossEntropy().apply(Ops.sigmoid(Ops.dense(x, w, b)), answers);
    Tensor apart = Loss.binaryCrossEntropy().fromLogits().apply(Ops.dense(x, w, b), answers);
    assertThat(inside.item()).isEqualTo(apart.item());
    GradientCheck.of(
        in -> Loss.binaryCrossEntropy().apply(Ops.sigmoid(Ops.dense(in[0], in[1], in[2])), answers), x, w, b)
        .run().orThrow(1e-3);
  }

  @Test
  void meanSquaredError() {
    Tensor p = Tensor.of(Shape.of(2, 1), 1, 3);
    assertThat(Loss.meanSquaredError().apply(p, Tensor.of(Shape.of(2, 1), 0, 1)).item()).isEqualTo(2.5f);
    assertThat(Loss.meanSquaredError().apply(p, Tensor.vector(0, 1)).item()).as("single values").isEqualTo(2.5f);
  }

  @Test
  void takesModelsThatEndAsItSays() {
    trainer(Loss.sparseCategoricalCrossEntropy(), Dense.of(3).withActivation(SOFTMAX));
    trainer(Loss.sparseCategoricalCrossEntropy(), Dense.of(3), SOFTMAX);
    trainer(Loss.sparseCategoricalCrossEntropy(), Dense.of(3).withActivation(LOG_SOFTMAX));
    trainer(Loss.sparseCategoricalCrossEntropy().fromLogits(), Dense.of(3));
    trainer(Loss.binaryCrossEntropy(), Dense.of(1).withActivation(SIGMOID));
    trainer(Loss.binaryCrossEntropy(), Dense.of(1), SIGMOID);
    trainer(Loss.binaryCrossEntropy().fromLogits(), Dense.of(1));
    trainer(Loss.meanSquaredError(), Dense.of(3));
  }

  @Test
  void refusesOtherModels() {
    refuses(Loss.sparseCategoricalCrossEntropy(), "sparseCategoricalCrossEntropy: expected a model that ends in"
        + " softmax, got dense in layer 'dense'; either call .withActivation(SOFTMAX) on the last layer, or"
        + " .fromLogits() on the loss if the model is to give scores", Dense.of(3));
    refuses(Loss.categoricalCrossEntropy(), "categoricalCrossEntropy: expected a model that ends in softmax, got relu"
        + " in layer 'dense'; either call .withActivation(SOFTMAX) on the last layer, or .fromLogits() on the loss if"
        + " the model is to give scores", Dense.of(3).withActivation(RELU));
    refuses(Loss.sparseCategoricalCrossEntropy().fromLogits(), "sparseCategoricalCrossEntropy.fromLogits(): expected a"
        + " model that gives scores, got softmax in layer 'dense'; either leave out .fromLogits() on the loss, or the"
        + " softmax at the model's end", Dense.of(3).withActivation(SOFTMAX));
    refuses(Loss.sparseCategoricalCrossEntropy(), "sparseCategoricalCrossEntropy: expected a model that ends in"
        + " softmax, got dropout in layer 'dropout'; either call .withActivation(SOFTMAX) on the last layer, or"
        + " .fromLogits() on the loss if the model is to give scores",
        Dense.of(3).withActivation(SOFTMAX), Dropout.of(0.5));
    refuses(Loss.binaryCrossEntropy(), "binaryCrossEntropy: expected a model that ends in sigmoid, got dense in layer"
        + " 'dense'; either call .withActivation(SIGMOID) on the last layer, or .fromLogits() on the loss if the model"
        + " is to give scores", Dense.of(1));
    refuses(Loss.binaryCrossEntropy().fromLogits(), "binaryCrossEntropy.fromLogits(): expected a model that gives"
        + " scores, got sigmoid in layer 'dense'; either leave out .fromLogits() on the loss, or"
        + " the sigmoid at the model's end", Dense.of(1).withActivation(SIGMOID));
    assertThatThrownBy(() -> Trainer.of(Sequential.of(Pictures.SAMPLE, 1, RELU), Sgd.of(0.1),
        Loss.sparseCategoricalCrossEntropy())).isInstanceOf(ShapeException.class)
        .hasMessage("sparseCategoricalCrossEntropy: expected a model that gives one score a class, [N, classes], got"
            + " [1, 1, 8, 8]; end it in Flatten or GlobalAveragePooling and Dense.of(classes)");
  }

  @Test
  void refusesTargetsThatDoNotFit() {
    refusesTarget(Loss.sparseCategoricalCrossEntropy(), Shape.of(3), Shape.of(3), "sparseCategoricalCrossEntropy:"
        + " expected one label a sample, [], got targets of shape [3]; one-hot or soft labels go with"
        + " Loss.categoricalCrossEntropy()");
    refusesTarget(Loss.sparseCategoricalCrossEntropy(), Shape.of(3), Shape.of(4),
        "sparseCategoricalCrossEntropy: expected one label a sample, [], got targets of shape [4]");
    refusesTarget(Loss.categoricalCrossEntropy(), Shape.of(3), Shape.scalar(), "categoricalCrossEntropy: expected one"
        + " value a class, [3], got targets of shape []; whole-number labels go with"
        + " Loss.sparseCategoricalCrossEntropy()");
    refusesTarget(Loss.binaryCrossEntropy(), Shape.of(3), Shape.scalar(),
        "binaryCrossEntropy: expected one answer for each output, [3], got targets of shape []");
    refusesTarget(Loss.meanSquaredError(), Shape.of(3), Shape.of(2),
        "meanSquaredError: expected one value for each output, [3], got targets of shape [2]");
    refusesTarget((prediction, target) -> prediction, Shape.of(3), Shape.of(2),
        "expected targets of the model's output shape [3], got [2]");
    assertThatThrownBy(() -> Loss.categoricalCrossEntropy().withLabelSmoothing(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("categoricalCrossEntropy: label smoothing must be at least 0 and below 1, got 1.0");
  }

  private static Trainer trainer(Loss loss, Layer... ending) {
    Layer[] layers = new Layer[ending.length + 1];
    layers[0] = Flatten.of();
    System.arraycopy(ending, 0, layers, 1, ending.length);
    return Trainer.of(Sequential.of(Pictures.SAMPLE, 1, layers), Sgd.of(0.1), loss);
  }

  private static void refuses(Loss loss, String message, Layer... ending) {
    assertThatThrownBy(() -> trainer(loss, ending)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static void refusesTarget(Loss loss, Shape output, Shape target, String message) {
    assertThatThrownBy(() -> loss.requireTarget(output, target)).isInstanceOf(ShapeException.class).hasMessage(message);
  }
}
