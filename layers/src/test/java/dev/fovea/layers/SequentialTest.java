package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.Arrays;
import java.util.List;
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
  }

  @Test
  void predictsSamplesAndBatchesAsForwardDoes() {
    Sequential model = twoConvolutions(1);
    Tensor batch = Tensor.normal(Shape.of(3, 1, 8, 8), new RandomSource(5));
    Tensor expected = model.forward(batch, Pass.inference());
    assertThat(model.predict(batch).shape()).isEqualTo(Shape.of(3, 2, 4, 4));
    assertThat(model.predict(batch).toArray()).isEqualTo(expected.toArray());
    Tensor one = model.predict(Tensor.of(Shape.of(1, 8, 8), Arrays.copyOf(batch.toArray(), 64)));
    assertThat(one.shape()).isEqualTo(Shape.of(2, 4, 4));
    assertThat(one.toArray()).isEqualTo(Arrays.copyOf(expected.toArray(), 32));
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
  void refusesNoLayers() {
    assertThatThrownBy(() -> Sequential.of(Shape.of(1), 1, List.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequential: expected at least one layer, got none");
  }
}
