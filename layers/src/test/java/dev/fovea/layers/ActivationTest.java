package dev.fovea.layers;

import static dev.fovea.layers.Activation.LINEAR;
import static dev.fovea.layers.Activation.LOG_SOFTMAX;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationTest {
  private static final Map<String, Activation> BY_CODE = Map.ofEntries(
      Map.entry("LINEAR", LINEAR), Map.entry("RELU", RELU), Map.entry("SELU", Activation.SELU),
      Map.entry("GELU", Activation.GELU), Map.entry("SILU", Activation.SILU), Map.entry("SIGMOID", Activation.SIGMOID),
      Map.entry("TANH", Activation.TANH), Map.entry("SOFTPLUS", Activation.SOFTPLUS), Map.entry("SOFTMAX", SOFTMAX),
      Map.entry("LOG_SOFTMAX", LOG_SOFTMAX), Map.entry("Activation.leakyRelu(0.3)", Activation.leakyRelu(0.3)),
      Map.entry("Activation.elu(1.5)", Activation.elu(1.5)));

  @Test
  void contract() {
    BY_CODE.forEach((code, activation) -> {
      LayerContract.of(activation, 7).holds(code, "[7]");
      LayerContract.of(activation, 3, 2, 2).holds(code, "[3, 2, 2]");
    });
  }

  @Test
  void asASettingItComputesWhatItComputesAsALayer() {
    Tensor x = Tensor.vector(0.5f, -1, 2, 0.1f);
    for (Activation activation : BY_CODE.values()) {
      Sequential setting = Sequential.of(Shape.of(4), 1L, Dense.of(5).withActivation(activation));
      Sequential layer = Sequential.of(Shape.of(4), 1L, Dense.of(5), activation);
      assertThat(setting.predict(x).toArray()).as("%s", activation)
          .containsExactly(layer.predict(x).toArray(), within(1e-6f));
    }
  }

  @Test
  void namesOfNodes() {
    List<Node> nodes = Sequential.of(Shape.of(4), 1L, RELU, Activation.leakyRelu(0.1), LOG_SOFTMAX, RELU).nodes();
    assertThat(nodes).extracting(Node::name).containsExactly("relu", "leaky_relu", "log_softmax", "relu_1");
  }

  @Test
  void goldenValues() {
    Map.of("relu", RELU, "selu", Activation.SELU, "gelu", Activation.GELU, "silu", Activation.SILU, "sigmoid",
        Activation.SIGMOID, "tanh", Activation.TANH, "softplus", Activation.SOFTPLUS).forEach((name, activation) ->
            Golden.read(name).check(in -> activation.forward(in[0], null, Pass.inference()), "input"));
  }

  @Test
  void softmaxGoesOverTheChannels() {
    Tensor y = SOFTMAX.forward(Tensor.of(Shape.of(1, 2, 1, 2), 1, 5, 1, 5), null, Pass.inference());
    assertThat(y.toArray()).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Activation.leakyRelu(-0.1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("leaky_relu: slope must be at least 0, got -0.1");
    assertThatThrownBy(() -> Activation.leakyRelu(Double.NaN))
        .hasMessage("leaky_relu: slope must be a finite float, got NaN");
    assertThatThrownBy(() -> Activation.elu(-1)).hasMessage("elu: alpha must be at least 0, got -1.0");
    assertThatThrownBy(() -> Activation.elu(1e300)).hasMessage("elu: alpha must be a finite float, got 1.0E300");
  }
}
