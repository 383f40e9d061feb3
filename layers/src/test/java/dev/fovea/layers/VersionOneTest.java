package dev.fovea.layers;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.LINEAR;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static dev.fovea.layers.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Padding;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of version 1, with every layer, activation and initializer of its time, must load for ever and give the
 * outputs written down beside it. Both files were written once, by {@code save} and {@code predict} of the model below
 * (weights from the seed, but for the running statistics), and are not to be made anew: a later version has files of
 * its own.
 */
class VersionOneTest {
  private static final List<Layer> LAYERS = List.of(
      Rescaling.of(2, -1),
      Normalization.of(List.of(0.1, 0.2), List.of(0.5, 0.25)),
      Conv2D.of(4, 3).withPadding(SAME).withActivation(RELU).withInitializer(Initializer.HE_NORMAL),
      BatchNormalization.of().withMomentum(0.9).withUnbiasedVariance(),
      Activation.leakyRelu(0.1),
      MaxPooling2D.of(2),
      DepthwiseConv2D.of(3).withMultiplier(2).withPadding(Padding.of(1)).withActivation(Activation.elu(1.5))
          .withInitializer(Initializer.HE_UNIFORM),
      Residual.of(Conv2D.of(8, 3).withPadding(SAME).withGroups(2).withActivation(Activation.SILU),
          Conv2D.of(8, 2).withPadding(SAME).withDilation(2).withoutBias())
          .withProjection(Conv2D.of(8, 1).withInitializer(Initializer.GLOROT_NORMAL)).withActivation(Activation.GELU),
      AveragePooling2D.of(2).withStride(1).withPadding(SAME).withPaddingCounted(),
      Stack.of(Activation.SELU, Activation.SOFTPLUS, Activation.SIGMOID, TANH),
      Dropout.of(0.25),
      LayerNormalization.of().withEpsilon(1e-5),
      GlobalAveragePooling.of(), Reshape.of(4, 1, 2), GlobalMaxPooling.of(), Reshape.of(1, 2, 2), Flatten.of(),
      Dense.of(6).withActivation(TANH).withInitializer(Initializer.LECUN_NORMAL),
      Dense.of(5).withInitializer(Initializer.ORTHOGONAL), LINEAR,
      Dense.of(4).withInitializer(Initializer.constant(0.5)).withoutBias(), Activation.LOG_SOFTMAX,
      Dense.of(3).withActivation(SOFTMAX));

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(VersionOneTest.class.getResource("/" + name).toURI());
  }

  @Test
  void loadsForEver() throws IOException, URISyntaxException {
    Sequential model = Sequential.load(resource("model-v1.json"));
    assertThat(model.layers()).isEqualTo(LAYERS);
    assertThat(model.metadata()).isEqualTo(Metadata.classes("left", "middle", "right").with("written by", "Fovea 0.1"));
    JsonNode expected = JsonMapper.shared().readTree(Files.readString(resource("model-v1-outputs.json")));
    Tensor output = model.predict(Golden.tensor(expected.get("input")));
    assertThat(output.toArray()).containsExactly(Golden.floats(expected.get("output").get("data")), within(1e-5f));
    assertThat(output.shape()).isEqualTo(Shape.of(Golden.ints(expected.get("output").get("shape"))));
  }

  @Test
  void hasEveryTypeOfItsTime() throws IOException, URISyntaxException {
    String text = Files.readString(resource("model-v1.json"));
    for (String type : List.of("average_pooling2d", "batch_normalization", "conv2d", "dense", "depthwise_conv2d",
        "dropout", "elu", "flatten", "gelu", "global_average_pooling", "global_max_pooling", "layer_normalization",
        "leaky_relu", "linear", "log_softmax", "max_pooling2d", "normalization", "relu", "rescaling", "reshape",
        "residual", "selu", "sigmoid", "silu", "softmax", "softplus", "stack", "tanh", "glorot_uniform",
        "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "orthogonal", "constant")) {
      assertThat(text).contains("\"" + type + "\"");
    }
  }
}
