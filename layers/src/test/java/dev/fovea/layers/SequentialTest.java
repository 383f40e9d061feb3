package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static Sequential twoConvolutions(long seed) {
    return Sequential.of(Shape.of(1, 8, 8), seed, Conv2D.of(3, 3).withActivation(RELU), Conv2D.of(2, 3));
  }

  @Test
  void nodesAndParametersAreNamedAsInKeras() {
    Sequential model = twoConvolutions(1);
    assertThat(model.nodes()).extracting(Node::name).containsExactly("conv2d", "conv2d_1");
    assertThat(model.specs()).extracting(ParameterSpec::name)
        .containsExactly("conv2d.weight", "conv2d.bias", "conv2d_1.weight", "conv2d_1.bias");
    assertThat(model.parameters()).extracting(p -> p.shape().toString())
        .containsExactly("[3, 1, 3, 3]", "[3]", "[2, 3, 3, 3]", "[2]");
    assertThat(model.inputShape()).isEqualTo(Shape.of(1, 8, 8));
    assertThat(model.outputShape()).isEqualTo(Shape.of(2, 4, 4));
  }

  @Test
  void theSeedGivesTheParametersAndALayerBehindChangesNone() {
    assertThat(twoConvolutions(1).parameter("conv2d.weight").toArray())
        .isEqualTo(twoConvolutions(1).parameter("conv2d.weight").toArray())
        .isNotEqualTo(twoConvolutions(2).parameter("conv2d.weight").toArray())
        .isEqualTo(Sequential.of(Shape.of(1, 8, 8), 1, Conv2D.of(3, 3)).parameter("conv2d.weight").toArray());
  }

  @Test
  void anObserverSeesEveryLayer() {
    Sequential model = Sequential.of(Shape.of(1, 4, 4), 1,
        Conv2D.of(2, 3).withActivation(RELU), Dropout.of(0.5), Flatten.of());
    List<String> seen = new ArrayList<>();
    List<Tensor> between = new ArrayList<>();
    Tensor output = model.forward(Tensor.zeros(Shape.of(1, 1, 4, 4)), Pass.inference()
        .observedBy((name, settings, inputs, out) -> {
          seen.add(name + " " + settings + " " + inputs.get(0).shape() + " " + out.shape());
          between.add(inputs.get(0));
          between.add(out);
        }));
    assertThat(seen).containsExactly("conv2d Conv2D.of(2, 3).withActivation(RELU) [1, 1, 4, 4] [1, 2, 2, 2]",
        "dropout Dropout.of(0.5) [1, 2, 2, 2] [1, 2, 2, 2]", "flatten Flatten.of() [1, 2, 2, 2] [1, 8]");
    assertThat(between.get(1)).isSameAs(between.get(2)).isSameAs(between.get(3)).isSameAs(between.get(4));
    assertThat(between.get(5)).isSameAs(output);
  }

  @Test
  void countingAllocatesNothing() {
    Sequential model = twoConvolutions(1);
    assertThat(model.parameterCount()).isEqualTo(3 * 9 + 3 + 2 * 3 * 9 + 2);
    assertThat(model.summary()).contains("conv2d");
    assertThat(model.toString()).contains("Conv2D");
    assertThat(model.allocated()).isZero();
    assertThat(model.parameter("conv2d.bias").toArray()).containsExactly(0, 0, 0);
    assertThat(model.allocated()).isEqualTo(1);
  }

  @Test
  void freezesByLayer() {
    Sequential model = twoConvolutions(1);
    model.freeze("conv2d");
    assertThat(model.parameter("conv2d.weight").trainable()).isFalse();
    assertThat(model.parameter("conv2d_1.weight").trainable()).isTrue();
    assertThat(model.trainableCount()).isEqualTo(56);
    assertThat(model.nonTrainableCount()).isEqualTo(30);
    model.unfreeze("conv2d");
    assertThat(model.parameter("conv2d.weight").trainable()).isTrue();
    assertThatThrownBy(() -> model.freeze("dense")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("freeze: expected one of [conv2d, conv2d_1], got \"dense\"");
  }

  @Test
  void setsAndRefusesParameters() {
    Sequential model = twoConvolutions(1);
    model.set("conv2d.bias", 1, 2, 3);
    assertThat(model.parameter("conv2d.bias").toArray()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> model.set("conv2d.bias", 1)).hasMessage("conv2d.bias [3]: expected 3 values, got 1");
    assertThatThrownBy(() -> model.parameter("conv2d.gamma")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameter: expected one of [conv2d.weight, conv2d.bias, conv2d_1.weight, conv2d_1.bias], "
            + "got \"conv2d.gamma\"");
    assertThatThrownBy(() -> model.parameter("conv2d.baise")).hasMessageEndingWith("; did you mean conv2d.bias?");
  }

  @Test
  void showsHowItPredicts() {
    Sequential model = twoConvolutions(1);
    assertThat(model.plan(3).toString()).contains("conv2d_1").contains("[3, 2, 4, 4]").contains("operations, ");
    assertThatThrownBy(() -> model.plan(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("plan: the batch size must be at least 1, got 0");
  }

  @Test
  void predictsSamplesAndBatchesAsForwardDoes() {
    Sequential model = twoConvolutions(1);
    Tensor batch = Tensor.normal(Shape.of(3, 1, 8, 8), new RandomSource(5));
    Tensor expected = model.forward(batch, Pass.inference());
    assertThat(model.predict(batch).shape()).isEqualTo(Shape.of(3, 2, 4, 4));
    assertThat(model.predict(batch).toArray()).containsExactly(expected.toArray(), within(1e-5f));
    Tensor one = model.predict(Tensor.of(Shape.of(1, 8, 8), Arrays.copyOf(batch.toArray(), 64)));
    assertThat(one.shape()).isEqualTo(Shape.of(2, 4, 4));
    assertThat(one.toArray()).containsExactly(Arrays.copyOf(expected.toArray(), 32), within(1e-5f));
  }

  @Test
  void labelsWhatItsLayersMake() {
    Sequential model = twoConvolutions(1);
    Tensor output = model.forward(Tensor.symbolic(Shape.of(2, 1, 8, 8)), Pass.inference());
    assertThat(output.label()).isEqualTo("conv2d_1");
    assertThat(output.inputs()[0].label()).isEqualTo("conv2d");
    assertThat(model.parameter("conv2d.weight").label()).isNull();
  }

  @Test
  void predictsFromManyThreadsAtOnce() throws Exception {
    Sequential model = KnownModels.convnet();
    Tensor[] samples = new Tensor[8];
    float[][] expected = new float[samples.length][];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Tensor.normal(i % 2 == 0 ? Shape.of(1, 28, 28) : Shape.of(i, 1, 28, 28), new RandomSource(i));
      expected[i] = model.predict(samples[i]).toArray();
    }
    Sequential fresh = KnownModels.convnet();
    ExecutorService threads = Executors.newFixedThreadPool(samples.length);
    try {
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        for (Tensor sample : samples) {
          calls.add(() -> fresh.predict(sample).toArray());
        }
      }
      List<Future<float[]>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected[i % samples.length]);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void remembersPlansOfAFewShapes() {
    Sequential model = Sequential.of(Shape.of(3), 1L, Dense.of(2));
    Predictor predictor = new Predictor(model);
    for (int batch = 1; batch <= 6; batch++) {
      predictor.run(List.of(Tensor.zeros(Shape.of(batch, 3))), true);
      predictor.run(List.of(Tensor.zeros(Shape.of(batch, 3))), true);
    }
    assertThat(predictor.waiting()).isEqualTo(4);
    predictor.run(List.of(Tensor.zeros(Shape.of(3))), false);
    predictor.run(List.of(Tensor.zeros(Shape.of(1, 3))), true);
    predictor.run(List.of(Tensor.zeros(Shape.of(6, 3))), true);
    assertThat(predictor.waiting()).as("a sample goes by the plan for a batch of one").isEqualTo(4);
  }

  /** A model that only looks at its input in another shape: vectors in code not compiled yet would be garbage too. */
  @Test
  void aPredictionMakesNothingButItsResult() {
    Sequential model = Sequential.of(Shape.of(10, 100), 1L, Flatten.of());
    Tensor sample = Tensor.zeros(Shape.of(10, 100));
    ThreadMXBean counters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int stretch = 0; stretch < 10; stretch++) {
      long before = counters.getThreadAllocatedBytes(self);
      for (int i = 0; i < 100; i++) {
        model.predict(sample);
      }
      least = Math.min(least, (counters.getThreadAllocatedBytes(self) - before) / 100);
    }
    assertThat(least).as("bytes a prediction, of which the result has 4000").isBetween(4000L, 5000L);
  }

  @Test
  void predictSeesParametersThatChangedSince() {
    Sequential model = Sequential.of(Shape.of(1), 1L, Dense.of(1));
    model.set("dense.weight", 2);
    assertThat(model.predict(Tensor.vector(3)).toArray()).containsExactly(6);
    model.set("dense.weight", 5);
    assertThat(model.predict(Tensor.vector(3)).toArray()).containsExactly(15);
  }

  @Test
  void whatPredictReturnsIsTheCallers() {
    Sequential model = Sequential.of(Shape.of(1), 1L, RELU);
    Tensor first = model.predict(Tensor.vector(3));
    model.predict(Tensor.vector(4));
    assertThat(first.toArray()).containsExactly(3);
    Tensor input = Tensor.of(Shape.of(1, 1), 5);
    Tensor same = Sequential.of(Shape.of(1), 1L, Dropout.of(0.5)).predict(input);
    input.data()[0] = 6;
    assertThat(same.toArray()).containsExactly(5);
  }

  @Test
  void aModelWithOtherMetadataSharesItsParameters() {
    Sequential model = twoConvolutions(1);
    Sequential named = model.withMetadata(Metadata.classes("cat", "dog"));
    assertThat(named.parameter("conv2d.weight")).isSameAs(model.parameter("conv2d.weight"));
    assertThat(named.metadata().classes()).containsExactly("cat", "dog");
    assertThat(model.metadata()).isEqualTo(Metadata.none());
  }

  @Test
  void nestedLayersAreFrozenWithTheirBlock() {
    Sequential model = Sequential.of(Shape.of(1, 4, 4), 1L, Residual.of(Conv2D.of(1, 1)), Conv2D.of(1, 1));
    model.parameters();
    model.freeze("residual");
    assertThat(model.parameter("residual.body.conv2d.weight").trainable()).isFalse();
    assertThat(model.parameter("conv2d.weight").trainable()).isTrue();
  }

  @Test
  void aParameterTooLongForAnArrayIsCountedAndRefusedByName() {
    Sequential model = Sequential.of(Shape.of(1_000_000), 1L, Dense.of(1_000_000).withoutBias());
    assertThat(model.parameterCount()).isEqualTo(1_000_000_000_000L);
    assertThatThrownBy(() -> model.parameter("dense.weight")).isInstanceOf(ShapeException.class).hasMessage(
        "dense.weight [1000000, 1000000]: at most 2147483647 values fit one Java array, got 1000000000000");
  }

  @Test
  void refusesNoLayers() {
    assertThatThrownBy(() -> Sequential.of(Shape.of(1), 1, List.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequential: expected at least one layer, got none");
  }

  @Test
  void refusesWhatIsNull() {
    assertThatThrownBy(() -> Sequential.of(Shape.of(1), 1, Activation.RELU, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequential: expected a layer in place 1, got null");
    Sequential model = Sequential.of(Shape.of(1), 1, Activation.RELU);
    assertThatThrownBy(() -> model.withMetadata(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model: expected metadata, got null");
  }

  /** Without counting, this takes minutes. */
  @Test
  void namesThousandsOfLayers() {
    Sequential model = Sequential.of(Shape.of(1), 1, Collections.nCopies(20_000, Activation.RELU));
    assertThat(model.nodes().get(0).name()).isEqualTo("relu");
    assertThat(model.nodes().get(19_999).name()).isEqualTo("relu_19999");
  }
}
