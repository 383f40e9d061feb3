package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SIGMOID;
import static dev.fovea.layers.Activation.SOFTMAX;
import static dev.fovea.layers.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.GradientCheck;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Graphs that are as they should be; {@link GraphErrorsTest} has the others, {@link GraphFileTest} their files. */
class GraphTest {
  /** The residual block of seed 003. */
  static Graph residual(long seed) {
    Graph.Builder g = Graph.builder(seed);
    Node picture = g.input("picture", Shape.of(64, 32, 32));
    Node first = g.apply(Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU), picture);
    Node second = g.apply(Conv2D.of(64, 3).withPadding(SAME).withActivation(RELU), first);
    Node sum = g.merge(Add.of(), second, first);
    Node pooled = g.apply(GlobalAveragePooling.of(), sum);
    return g.build(g.apply(Dense.of(2).withActivation(SOFTMAX), pooled));
  }

  /** Two inputs, branches of one, a gate, a layer applied twice, a statistic: all there is, and smooth. */
  static Graph everything() {
    Graph.Builder g = Graph.builder(3L);
    Node picture = g.input("picture", Shape.of(2, 4, 4));
    Node other = g.input("other", Shape.of(2, 4, 4));
    Node left = g.apply("stem", Conv2D.of(3, 3).withPadding(SAME).withActivation(TANH), picture);
    Node right = g.share("stem", other);
    Node normal = g.apply(BatchNormalization.of(), left);
    Node gate = g.apply(Stack.of(GlobalAveragePooling.of(), Dense.of(3).withActivation(SIGMOID), Reshape.of(3, 1, 1)),
        left);
    Node open = g.merge(Multiply.of(), gate, right);
    Node joined = g.merge(Concatenate.of(), normal, open, picture);
    return g.build(g.apply(Dense.of(2), g.apply(GlobalAveragePooling.of(), joined)));
  }

  @Test
  void theSeedsModelsHaveTheirCounts() {
    assertThat(residual(42).parameterCount()).isEqualTo(73_986);
    Graph.Builder g = Graph.builder(1L);
    Node pooled = g.apply(GlobalAveragePooling.of(), g.input(Shape.of(128, 32, 32)));
    assertThat(g.build(g.apply(Dense.of(10).withActivation(SOFTMAX), pooled)).parameterCount()).isEqualTo(1_290);
    g = Graph.builder(1L);
    Node hidden = g.apply(Dense.of(128).withActivation(RELU),
        g.apply(GlobalMaxPooling.of(), g.input(Shape.of(256, 64, 64))));
    Graph maximum = g.build(g.apply(Dense.of(5).withActivation(SOFTMAX), hidden));
    assertThat(maximum.parameterCount()).isEqualTo(33_541);
    assertThat(maximum.allocated()).isZero();
  }

  @Test
  void nodesAndParametersAreNamedAsInKeras() {
    Graph model = residual(1);
    assertThat(model.inputs()).extracting(Node::name).containsExactly("picture");
    assertThat(model.nodes()).extracting(Node::name)
        .containsExactly("conv2d", "conv2d_1", "add", "global_average_pooling", "dense");
    assertThat(model.nodes().get(2).inputs()).containsExactly("conv2d_1", "conv2d");
    assertThat(model.specs()).extracting(ParameterSpec::name).containsExactly("conv2d.weight", "conv2d.bias",
        "conv2d_1.weight", "conv2d_1.bias", "dense.weight", "dense.bias");
    assertThat(model.inputShape()).isEqualTo(Shape.of(64, 32, 32));
    assertThat(model.outputShape()).isEqualTo(Shape.of(2));
  }

  @Test
  void aRowOfLayersIsTheSameAsASequential() {
    Layer[] layers = {Conv2D.of(3, 3).withActivation(RELU), Dropout.of(0.5), Flatten.of(), Dense.of(2)};
    Graph.Builder g = Graph.builder(5L);
    Node node = g.input(Shape.of(1, 6, 6));
    for (Layer layer : layers) {
      node = g.apply(layer, node);
    }
    Graph graph = g.build(node);
    Sequential row = Sequential.of(Shape.of(1, 6, 6), 5L, layers);
    assertThat(graph.nodes()).isEqualTo(row.nodes());
    assertThat(graph.inputs()).isEqualTo(row.inputs());
    assertThat(graph.specs()).isEqualTo(row.specs());
    Tensor batch = Tensor.normal(Shape.of(2, 1, 6, 6), new RandomSource(1));
    assertThat(graph.predict(batch).toArray()).isEqualTo(row.predict(batch).toArray());
    assertThat(graph.forward(batch, Pass.training(new RandomSource(2))).toArray())
        .isEqualTo(row.forward(batch, Pass.training(new RandomSource(2))).toArray());
  }

  @Test
  void gradientsThroughBranchesAgreeWithValues() {
    Graph model = everything();
    for (boolean training : new boolean[] {false, true}) {
      List<Tensor> all = new ArrayList<>();
      all.add(Tensor.normal(Shape.of(3, 2, 4, 4), new RandomSource(1)).withGrad());
      all.add(Tensor.normal(Shape.of(3, 2, 4, 4), new RandomSource(2)).withGrad());
      all.addAll(model.parameters());
      GradientCheck.of(in -> model.forward(List.of(in[0], in[1]),
          training ? Pass.training(new RandomSource(1)) : Pass.inference()), all.toArray(Tensor[]::new))
          .step(2e-2f).samples(100).run().orThrow(2e-3);
    }
  }

  @Test
  void theGradientsOfASharedLayerAddUp() {
    Graph.Builder g = Graph.builder(1L);
    Node x = g.input("x", Shape.of(3));
    Node y = g.input("y", Shape.of(3));
    Node first = g.apply(Dense.of(2).withActivation(TANH), x);
    Graph shared = g.build(g.merge(Multiply.of(), first, g.share("dense", y)));
    g = Graph.builder(1L);
    x = g.input("x", Shape.of(3));
    y = g.input("y", Shape.of(3));
    first = g.apply(Dense.of(2).withActivation(TANH), x);
    Graph apart = g.build(g.merge(Multiply.of(), first, g.apply(Dense.of(2).withActivation(TANH), y)));
    apart.set("dense_1.weight", shared.parameter("dense.weight").toArray());

    assertThat(shared.parameters()).hasSize(2);
    assertThat(shared.parameterCount()).isEqualTo(8);
    List<Tensor> batches = List.of(Tensor.normal(Shape.of(4, 3), new RandomSource(1)),
        Tensor.normal(Shape.of(4, 3), new RandomSource(2)));
    Tensor together = shared.forward(batches, Pass.inference());
    assertThat(together.toArray()).isEqualTo(apart.forward(batches, Pass.inference()).toArray());
    Ops.sum(together).backward();
    Ops.sum(apart.forward(batches, Pass.inference())).backward();
    float[] gradient = shared.parameter("dense.weight").gradient().toArray();
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i]).isCloseTo(apart.parameter("dense.weight").gradient().toArray()[i]
          + apart.parameter("dense_1.weight").gradient().toArray()[i], within(1e-6f));
    }
  }

  @Test
  void aSharedLayerIsFrozenUnderAnyOfItsNames() {
    Graph model = everything();
    assertThat(model.nodes().get(1).name()).isEqualTo("conv2d");
    assertThat(model.nodes().get(1).isShared()).isTrue();
    model.freeze("conv2d");
    assertThat(model.parameter("stem.weight").trainable()).isFalse();
    assertThat(model.nonTrainableCount()).isEqualTo(57 + 6);
    model.unfreeze("stem");
    assertThat(model.parameter("stem.weight").trainable()).isTrue();
  }

  @Test
  void aSharedNodeCanBeSharedAgain() {
    Graph.Builder g = Graph.builder(1L);
    Node once = g.apply(Dense.of(2), g.input(Shape.of(2)));
    Node twice = g.share("dense", once);
    Graph model = g.build(g.share(twice.name(), twice));
    assertThat(model.nodes()).extracting(Node::scope).containsOnly("dense");
    model.set("dense.weight", 0, 2, 3, 0);
    assertThat(model.predict(Tensor.vector(1, 1)).toArray()).containsExactly(12, 18);
  }

  @Test
  void aNodeMayBeMergedWithItself() {
    Graph.Builder g = Graph.builder(1L);
    Node x = g.input(Shape.of(2));
    Node sum = g.merge(Add.of(), x, x);
    Graph model = g.build(g.merge(Concatenate.of(), sum, x, x));
    assertThat(model.predict(Tensor.vector(1, 2)).toArray()).containsExactly(2, 4, 1, 2, 1, 2);
  }

  @Test
  void labelsWhatItsNodesMake() {
    Graph model = residual(1);
    Tensor output = model.forward(Tensor.symbolic(Shape.of(2, 64, 32, 32)), Pass.inference());
    assertThat(output.label()).isEqualTo("dense");
    Tensor sum = output;
    while (!"add".equals(sum.label())) {
      sum = sum.inputs()[0];
    }
    assertThat(sum.inputs()[0].label()).isEqualTo("conv2d_1");
    assertThat(sum.inputs()[1].label()).isEqualTo("conv2d");
    Pass training = Pass.training(new RandomSource(1));
    everything().forward(List.of(Tensor.symbolic(Shape.of(2, 2, 4, 4)), Tensor.symbolic(Shape.of(2, 2, 4, 4))),
        training);
    assertThat(training.updates()).extracting(update -> update.value().label()).containsOnly("batch_normalization");
  }

  @Test
  void anObserverSeesEveryNode() {
    Graph model = everything();
    List<String> seen = new ArrayList<>();
    model.forward(List.of(Tensor.symbolic(Shape.of(2, 2, 4, 4)), Tensor.symbolic(Shape.of(2, 2, 4, 4))),
        Pass.inference().observedBy((name, settings, inputs, output) -> seen.add(name + " "
            + settings.getClass().getSimpleName() + " " + inputs.stream().map(Tensor::shape).toList())));
    assertThat(seen).startsWith("stem Conv2D [[2, 2, 4, 4]]", "conv2d Conv2D [[2, 2, 4, 4]]")
        .contains("multiply Multiply [[2, 3, 1, 1], [2, 3, 4, 4]]").hasSameSizeAs(model.nodes());
  }

  @Test
  void severalInputsComeAsLists() {
    Graph.Builder g = Graph.builder(1L);
    Node map = g.input("map", Shape.of(1, 2, 2));
    Node extra = g.input("extra", Shape.of(2));
    Graph model = g.build(g.merge(Concatenate.of(), g.apply(Flatten.of(), map), extra));
    assertThat(model.inputShape()).isEqualTo(Shape.of(1, 2, 2));
    Tensor one = model.predict(List.of(Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4), Tensor.vector(5, 6)));
    assertThat(one.shape()).isEqualTo(Shape.of(6));
    assertThat(one.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    Tensor two = model.predict(List.of(Tensor.of(Shape.of(2, 1, 2, 2), 1, 2, 3, 4, 10, 20, 30, 40),
        Tensor.of(Shape.of(2, 2), 5, 6, 50, 60)));
    assertThat(two.shape()).isEqualTo(Shape.of(2, 6));
    assertThat(two.toArray()).containsExactly(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);
  }

  @Test
  void globalPoolingTakesOtherPictureSizes() {
    assertThat(residual(1).predict(Tensor.zeros(Shape.of(64, 8, 6))).shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void predictsFromManyThreadsAtOnce() throws Exception {
    Graph model = everything();
    List<List<Tensor>> samples = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      Shape batch = Shape.of(i, 2, 4, 4);
      samples.add(List.of(Tensor.normal(batch, new RandomSource(i)), Tensor.normal(batch, new RandomSource(-i))));
      expected.add(model.predict(samples.get(i - 1)).toArray());
    }
    Graph fresh = everything();
    ExecutorService threads = Executors.newFixedThreadPool(samples.size());
    try {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int round = 0; round < 20; round++) {
        List<Tensor> sample = samples.get(round % samples.size());
        calls.add(() -> fresh.predict(sample).toArray());
      }
      List<Future<float[]>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i % samples.size()));
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatTheBuilderAddsLaterIsNotInTheGraph() {
    Graph.Builder g = Graph.builder(1L);
    Node half = g.apply(Dense.of(2), g.input(Shape.of(2)));
    Graph first = g.build(half);
    Graph second = g.build(g.apply(RELU, half));
    assertThat(first.nodes()).extracting(Node::name).containsExactly("dense");
    assertThat(second.nodes()).extracting(Node::name).containsExactly("dense", "relu");
    first.set("dense.weight", 1, 1, 1, 1);
    assertThat(second.parameter("dense.weight").toArray()).isNotEqualTo(new float[] {1, 1, 1, 1});
  }

  @Test
  void aMergeOfOnesOwnMayHaveParameters() {
    Graph.Builder g = Graph.builder(1L);
    Node x = g.input("x", Shape.of(2));
    Node y = g.input("y", Shape.of(2));
    Graph model = g.build(g.merge(new Blend(0.25), x, y));
    assertThat(model.specs()).extracting(ParameterSpec::name).containsExactly("blend.share");
    assertThat(model.predict(List.of(Tensor.vector(4, 8), Tensor.vector(0, 4))).toArray()).containsExactly(1, 5);
  }

  /** y = b + share * (a - b). */
  record Blend(double start) implements Merge {
    @Override
    public List<ParameterSpec> parameters(List<Shape> inputs) {
      return List.of(ParameterSpec.of("share", Shape.of(1), Initializer.constant(start)));
    }

    @Override
    public Tensor forward(List<Tensor> inputs, Parameters parameters, Pass pass) {
      Tensor difference = Ops.subtract(inputs.get(0), inputs.get(1));
      return Ops.add(inputs.get(1), Ops.multiply(difference, parameters.get("share")));
    }
  }

  @Test
  void theSummaryTellsWhatIsConnected() {
    assertThat(residual(42).summary()).isEqualTo("""
        Model: Graph
        -----------------------------------------------------------------------------------------------
        Layer (type)                                   Output Shape     Param #  Connected to
        -----------------------------------------------------------------------------------------------
        picture (Input)                                [N, 64, 32, 32]        0  -
        conv2d (Conv2D)                                [N, 64, 32, 32]   36,928  picture
        conv2d_1 (Conv2D)                              [N, 64, 32, 32]   36,928  conv2d
        add (Add)                                      [N, 64, 32, 32]        0  conv2d_1, conv2d
        global_average_pooling (GlobalAveragePooling)  [N, 64]                0  add
        dense (Dense)                                  [N, 2]               130  global_average_pooling
        -----------------------------------------------------------------------------------------------
        Total params: 73,986 (289.01 KB)
        Trainable params: 73,986 (289.01 KB)
        Non-trainable params: 0 (0.00 B)""");
    Graph model = everything();
    model.freeze("stem");
    assertThat(model.summary()).isEqualTo("""
        Model: Graph
        ------------------------------------------------------------------------------------------------------------
        Layer (type)                                   Output Shape  Param #  Connected to
        ------------------------------------------------------------------------------------------------------------
        picture (Input)                                [N, 2, 4, 4]        0  -
        other (Input)                                  [N, 2, 4, 4]        0  -
        stem (Conv2D, frozen)                          [N, 3, 4, 4]       57  picture
        conv2d (Conv2D, shares stem, frozen)           [N, 3, 4, 4]        0  other
        batch_normalization (BatchNormalization)       [N, 3, 4, 4]       12  stem
        stack (Stack)                                  [N, 3, 1, 1]       12  stem
        multiply (Multiply)                            [N, 3, 4, 4]        0  stack, conv2d
        concatenate (Concatenate)                      [N, 8, 4, 4]        0  batch_normalization, multiply, picture
        global_average_pooling (GlobalAveragePooling)  [N, 8]              0  concatenate
        dense (Dense)                                  [N, 2]             18  global_average_pooling
        ------------------------------------------------------------------------------------------------------------
        Total params: 99 (396.00 B)
        Trainable params: 36 (144.00 B)
        Non-trainable params: 63 (252.00 B)""");
  }

  @Test
  void theCodeThatMakesIt() {
    Graph.Builder g = Graph.builder(42L);
    Node picture = g.input("picture", Shape.of(4, 8, 8));
    Node conv = g.apply(Conv2D.of(4, 3).withPadding(SAME), picture);
    Node flat = g.apply(Flatten.of(), g.merge(Add.of(), conv, picture));
    assertThat(g.build(g.apply(Dense.of(2).withActivation(SOFTMAX), flat))).hasToString("""
        Graph.Builder g = Graph.builder(42L);
        Node picture = g.input("picture", Shape.of(4, 8, 8));                // [4, 8, 8]
        Node conv2d = g.apply(Conv2D.of(4, 3).withPadding(SAME), picture);   // [4, 8, 8], 148 parameters
        Node add = g.merge(Add.of(), conv2d, picture);                       // [4, 8, 8]
        Node flatten = g.apply(Flatten.of(), add);                           // [256]
        Node dense = g.apply(Dense.of(2).withActivation(SOFTMAX), flatten);  // [2], 514 parameters
        Graph model = g.build(dense);
        // 662 parameters, 662 trainable""");
  }

  @Test
  void theCodeThatMakesNodesWithNamesOfTheirOwn() {
    Graph.Builder g = Graph.builder(7L);
    Node x = g.input(Shape.of(2));
    Node stem = g.apply("g", Dense.of(2), x);
    Node again = g.share("again", "g", g.share("g", stem));
    Node other = g.merge("merge", Concatenate.of(), again, x);
    assertThat(g.build(other)).hasToString("""
        Graph.Builder g_1 = Graph.builder(7L);
        Node input = g_1.input(Shape.of(2));                              // [2]
        Node g = g_1.apply("g", Dense.of(2), input);                      // [2], 6 parameters
        Node dense = g_1.share("g", g);                                   // [2]
        Node again = g_1.share("again", "g", dense);                      // [2]
        Node merge = g_1.merge("merge", Concatenate.of(), again, input);  // [4]
        Graph model = g_1.build(merge);
        // 6 parameters, 6 trainable""");
  }

  @Test
  void aModelWithOtherMetadataSharesItsParameters() {
    Graph model = everything();
    Graph named = model.withMetadata(Metadata.classes("cat", "dog"));
    assertThat(named.parameter("stem.weight")).isSameAs(model.parameter("stem.weight"));
    assertThat(named.metadata().classes()).containsExactly("cat", "dog");
    assertThat(Arrays.asList(model.toString(), model.summary())).containsExactly(named.toString(), named.summary());
  }
}
