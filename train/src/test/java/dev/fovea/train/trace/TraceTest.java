package dev.fovea.train.trace;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SIGMOID;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Add;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Graph;
import dev.fovea.layers.Node;
import dev.fovea.layers.Pass;
import dev.fovea.layers.Residual;
import dev.fovea.layers.Sequential;
import dev.fovea.train.Loss;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final Loss CROSS_ENTROPY = Loss.sparseCategoricalCrossEntropy();

  private static void near(Tensor tensor, double... expected) {
    assertThat(tensor.shape().size()).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) tensor.data()[i]).as("element %d of %s", i, tensor).isCloseTo(expected[i], within(1.5e-4));
    }
  }

  private static void refused(Class<? extends Exception> type, ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void theAnchorForwardAndBackward() {
    Trace trace = Anchor.flattenedTrace();
    assertThat(trace.hasGradients()).isTrue();
    assertThat(trace.loss()).isCloseTo(0.1661f, within(1e-4f));
    assertThat(trace.parameterCount()).isEqualTo(27);
    assertThat(trace.layers()).extracting(TracedLayer::name).containsExactly("flatten", "dense");

    TracedLayer flatten = trace.layer("flatten");
    assertThat(flatten.type()).isEqualTo("Flatten");
    assertThat(flatten.settings()).isEqualTo("Flatten.of()");
    assertThat(flatten.from()).containsExactly("input");
    assertThat(flatten.input()).isSameAs(trace.sample());
    assertThat(flatten.input().shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(flatten.output().shape()).isEqualTo(Shape.of(8));
    near(flatten.output().value(), 0.8, 0.4, 0.2, 0.6, 0.1, 0.9, 0.5, 0.3);
    near(flatten.output().gradient(), -0.1003, 0.0410, -0.1066, -0.1980, 0.0957, -0.0467, -0.1659, -0.1435);
    assertThat(flatten.input().gradient().shape()).isEqualTo(Shape.of(2, 2, 2));
    near(flatten.input().gradient(), -0.1003, 0.0410, -0.1066, -0.1980, 0.0957, -0.0467, -0.1659, -0.1435);

    TracedLayer dense = trace.layer("dense");
    assertThat(dense.from()).containsExactly("flatten");
    assertThat(dense.input()).isSameAs(flatten.output());
    assertThat(dense.steps()).extracting(TracedStep::operation).containsExactly("dense", "softmax");
    near(dense.steps().get(0).output().value(), 1.0856, -1.6298, -1.0819);
    near(dense.steps().get(0).output().gradient(), -0.1530, 0.0561, 0.0970);
    near(trace.output().value(), 0.8470, 0.0561, 0.0970);
    assertThat(trace.output().gradient()).as("the loss goes on from the scores").isNull();
    assertThat(dense.parameterCount()).isEqualTo(27);
    near(dense.parameter("bias").tensor().gradient(), -0.1530, 0.0561, 0.0970);
    // The gradient of a weight: that of its output times its input.
    Tensor weight = dense.parameter("dense.weight").tensor().gradient();
    assertThat(weight.get(1, 5)).isCloseTo(0.0561f * 0.9f, within(1e-4f));
  }

  @Test
  void theGradientIsTheSlopeOfTheLoss() {
    Sequential model = Anchor.flattened();
    Tensor gradient = Anchor.flattenedTrace().sample().gradient();
    for (int i = 0; i < 8; i++) {
      float[] up = Anchor.SAMPLE.toArray();
      float[] down = Anchor.SAMPLE.toArray();
      up[i] += 0.01f;
      down[i] -= 0.01f;
      float above = Trace.of(model, Tensor.of(Shape.of(2, 2, 2), up), CROSS_ENTROPY, 0).loss();
      float below = Trace.of(model, Tensor.of(Shape.of(2, 2, 2), down), CROSS_ENTROPY, 0).loss();
      assertThat((above - below) / 0.02f).isCloseTo(gradient.data()[i], within(1e-3f));
    }
  }

  @Test
  void averagePoolingSpreadsTheGradientEvenly() {
    Trace trace = Anchor.pooledTrace();
    near(trace.layer("global_average_pooling").output().value(), 0.5, 0.45);
    float[] pooled = trace.layer("global_average_pooling").output().gradient().data();
    float[] pixels = trace.sample().gradient().data();
    for (int i = 0; i < 8; i++) {
      assertThat(pixels[i]).isCloseTo(pooled[i / 4] / 4, within(1e-7f)).isNotZero();
    }
  }

  @Test
  void forwardAlone() {
    Trace trace = Trace.of(Anchor.flattened(), Anchor.SAMPLE);
    assertThat(trace.hasGradients()).isFalse();
    assertThat(trace.loss()).isNaN();
    near(trace.output().value(), 0.8470, 0.0561, 0.0970);
    assertThat(trace.sample().gradient()).isNull();
    assertThat(trace.layer("dense").parameters()).allMatch(p -> p.tensor().gradient() == null);
  }

  @Test
  void activationsStandByThemselvesAndLayersThatChangeNothingPassOn() {
    Sequential model = Sequential.of(Shape.of(1, 4, 4), 3L, Conv2D.of(2, 3).withActivation(RELU),
        BatchNormalization.of(), Residual.of(Conv2D.of(2, 1)), Dropout.of(0.5), Flatten.of(),
        Dense.of(1).withActivation(SIGMOID));
    model.freeze("conv2d");
    Tensor sample = Tensor.normal(Shape.of(1, 1, 4, 4), RandomSource.of(1, 1));
    Trace trace = Trace.of(model, sample, Loss.binaryCrossEntropy(), Tensor.vector(1));
    assertThat(trace.layer("conv2d").steps()).extracting(TracedStep::operation).containsExactly("conv2d", "relu");
    assertThat(trace.layer("conv2d").steps().get(0).output().gradient()).isNotNull();
    assertThat(trace.layer("conv2d").parameters()).allMatch(p -> !p.trainable() && p.tensor().gradient() == null);
    assertThat(trace.layer("batch_normalization").steps()).as("the statistics are not on the sample's way").hasSize(1);
    assertThat(trace.layer("batch_normalization").parameter("running_mean").trainable()).isFalse();
    assertThat(trace.layer("residual").steps()).extracting(TracedStep::operation).containsExactly("conv2d", "add");
    assertThat(trace.layer("dropout").steps()).isEmpty();
    assertThat(trace.layer("dropout").output()).isSameAs(trace.layer("residual").output());
    assertThat(trace.layer("flatten").from()).containsExactly("dropout");
    assertThat(trace.sample().shape()).as("a batch of one is a sample").isEqualTo(Shape.of(1, 4, 4));
  }

  @Test
  void aTraceIsACopyAndLeavesTheModelAsItWas() {
    Sequential model = Anchor.flattened();
    Parameter weight = model.parameter("dense.weight");
    Arrays.fill(weight.grad(), 7);
    Trace trace = Trace.of(model, Anchor.SAMPLE, CROSS_ENTROPY, 0);
    assertThat(weight.gradient().toArray()).containsOnly(7);
    assertThat(model.parameter("dense.bias").hasGradient()).isFalse();
    assertThat(trace.layer("dense").parameter("weight").tensor().gradient().get(1, 5))
        .isCloseTo(0.0505f, within(1e-4f));
    model.set("dense.weight", new float[24]);
    assertThat(trace.layer("dense").parameter("weight").tensor().value().get(0, 0)).isEqualTo(0.2484f);
    assertThat(Trace.of(model, Anchor.SAMPLE).layer("dense").parameter("weight").tensor().gradient())
        .as("gradients of others are not ours").isNull();
    assertThat(Anchor.SAMPLE.wantsGrad()).isFalse();
  }

  @Test
  void graphsMergeAndShare() {
    Graph.Builder graph = Graph.builder(1L);
    Node left = graph.input("left", Shape.of(2));
    Node right = graph.input("right", Shape.of(2));
    Node first = graph.apply("twin", Dense.of(2).withoutBias(), left);
    Node second = graph.share("other_twin", "twin", right);
    Graph model = graph.build(graph.apply(Dense.of(1), graph.merge(Add.of(), first, second)));
    model.set("twin.weight", 1, 0, 0, 2);
    model.set("dense.weight", 3, 5);
    List<Tensor> samples = List.of(Tensor.vector(1, 2), Tensor.vector(10, 20));
    Trace trace = Trace.of(model, samples, Loss.meanSquaredError(), Tensor.vector(0));
    assertThat(trace.inputs()).extracting(TracedInput::name).containsExactly("left", "right");
    assertThat(trace.layer("add").from()).containsExactly("twin", "other_twin");
    assertThat(trace.layer("add").type()).isEqualTo("Add");
    assertThat(trace.layer("add").inputs().get(1)).isSameAs(trace.layer("other_twin").output());
    assertThat(trace.layer("other_twin").parameter("twin.weight")).isEqualTo(trace.layer("twin").parameter("weight"));
    assertThat(trace.parameterCount()).isEqualTo(4 + 3);
    near(trace.output().value(), 253);
    // The loss's slope is 2 * 253; both uses of the shared weight add up.
    near(trace.inputs().get(1).tensor().gradient(), 506 * 3, 506 * 10);
    near(trace.layer("twin").parameter("weight").tensor().gradient(), 506 * 33, 506 * 66, 506 * 55, 506 * 110);
    assertThat(trace.table()).startsWith("""
        Trace: one sample [2] and [2] through 4 layers, 7 parameters, loss 64009.0000 (Loss.meanSquaredError())
        Layer (type)                     Shape   Param #
        left                             [2]              value      1.0000  2.0000
                                                          gradient  1518.0000 5060.0000
        right                            [2]              value     10.0000 20.0000
                                                          gradient  1518.0000 5060.0000
        twin (Dense) from left           [2]           4  value      1.0000  4.0000
                                                          gradient  1518.0000 2530.0000
          twin.weight                    [2, 2]        4  value      1.0000  0.0000  0.0000  2.0000
                                                          gradient  16698.0000 33396.0000 27830.0000 55660.0000
        other_twin (Dense) from right    [2]           4  value     10.0000 40.0000
        """.stripTrailing());
    assertThat(Trace.of(model, samples).layers()).hasSize(4);
    assertThatThrownBy(() -> Trace.of(model, samples.get(0))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage(errorOf(() -> model.forward(samples.subList(0, 1), Pass.inference())));
  }

  @Test
  void refuses() {
    Sequential model = Anchor.flattened();
    refused(ShapeException.class, () -> Trace.of(model, Tensor.zeros(Shape.of(2, 2))),
        "trace: expected one sample [2, 2, 2], got [2, 2]");
    refused(ShapeException.class, () -> Trace.of(model, Tensor.zeros(Shape.of(3, 2, 2, 2))),
        "trace: expected one sample [2, 2, 2], got [3, 2, 2, 2]");
    Tensor larger = Tensor.zeros(Shape.of(2, 4, 4));
    assertThatThrownBy(() -> Trace.of(model, larger)).isInstanceOf(ShapeException.class)
        .hasMessage(errorOf(() -> model.predict(larger))).hasMessageContaining("dense expects 8");
    refused(IllegalArgumentException.class, () -> Trace.of(model, Anchor.SAMPLE, null, 0),
        "trace: expected a loss and a target, got null and Tensor[] {0.0}; Trace.of(model, sample) goes forward only");
    assertThatThrownBy(() -> Trace.of(model, Anchor.SAMPLE, CROSS_ENTROPY, 3))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("3");
    refused(ShapeException.class, () -> Trace.of(model, Anchor.SAMPLE, CROSS_ENTROPY, Tensor.vector(1, 0, 0)),
        "sparseCategoricalCrossEntropy: expected one label a sample, [], got targets of shape [3]; one-hot or soft"
            + " labels go with Loss.categoricalCrossEntropy()");
    Sequential scores = Sequential.of(Shape.of(8), 1L, Dense.of(3));
    refused(IllegalArgumentException.class,
        () -> Trace.of(scores, Tensor.zeros(Shape.of(8)), CROSS_ENTROPY, 0),
        "sparseCategoricalCrossEntropy: expected a model that ends in softmax, got dense in layer 'dense'; either call"
            + " .withActivation(SOFTMAX) on the last layer, or .fromLogits() on the loss if the model is to give"
            + " scores");
    Trace trace = Anchor.flattenedTrace();
    refused(IllegalArgumentException.class, () -> trace.layer("conv2d"),
        "trace: expected one of [flatten, dense], got \"conv2d\"");
    refused(IllegalArgumentException.class, () -> trace.layer("dense").parameter("gamma"),
        "trace of dense: expected one of [dense.weight, dense.bias], got \"gamma\"");
  }

  private static String errorOf(Runnable run) {
    try {
      run.run();
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Test
  void printsAsATable() {
    assertThat(Anchor.flattenedTrace()).hasToString("""
        Trace: one sample [2, 2, 2] through 2 layers, 27 parameters, loss 0.1661 \
        (Loss.sparseCategoricalCrossEntropy(), label 0)
        Layer (type)       Shape      Param #
        input              [2, 2, 2]           value      0.8000  0.4000  0.2000  0.6000  0.1000  0.9000  0.5000  0.3000
                                               gradient  -0.1003  0.0410 -0.1065 -0.1980  0.0957 -0.0467 -0.1659 -0.1435
        flatten (Flatten)  [8]              0  value      0.8000  0.4000  0.2000  0.6000  0.1000  0.9000  0.5000  0.3000
                                               gradient  -0.1003  0.0410 -0.1065 -0.1980  0.0957 -0.0467 -0.1659 -0.1435
        dense (Dense)      [3]             27  value      0.8470  0.0561  0.0969
                                               gradient  none
          after dense      [3]                 value      1.0856 -1.6297 -1.0819
                                               gradient  -0.1530  0.0561  0.0969
          dense.weight     [3, 8]          24  value     -0.9566 to 0.7896, mean -0.0738
                                               gradient  -0.1377 to 0.0873, mean 0.0000
          dense.bias       [3]              3  value      0.0000  0.0000  0.0000
                                               gradient  -0.1530  0.0561  0.0969""");
    Sequential model = Sequential.of(Shape.of(10), 1L, Dense.of(2).withoutBias().withActivation(SOFTMAX));
    float[] weight = new float[20];
    weight[3] = 0.00002f;
    weight[19] = 2e7f;
    model.set("dense.weight", weight);
    assertThat(Trace.of(model, Tensor.zeros(Shape.of(10)))).hasToString("""
        Trace: one sample [10] through 1 layer, 20 parameters
        Layer (type)    Shape    Param #
        input           [10]                 0.0000 to 0.0000, mean 0.0000
        dense (Dense)   [2]           20     0.5000  0.5000
          after dense   [2]                  0.0000  0.0000
          dense.weight  [2, 10]       20     0.0000 to 2.0e+7, mean 1000000.0000""");
  }
}
