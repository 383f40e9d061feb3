package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files that are not as they should be, and what is said about them, in full. */
class BadModelFileTest {
  private static final Sequential MODEL =
      Sequential.of(Shape.of(2), 1L, Dense.of(2).withInitializer(Initializer.constant(0.1)), Activation.RELU);
  private static final String NOT_OURS = "expected a Fovea model {\"format\": \"fovea-model\", ...}, got ";

  @TempDir
  private Path folder;
  private Path file;
  private String sound;

  @BeforeEach
  void aSoundFile() throws IOException {
    file = folder.resolve("model.json");
    MODEL.save(file);
    sound = Files.readString(file);
  }

  /** The message after the file's path, for a file with this text. */
  private void refused(String text, String message) throws IOException {
    Files.writeString(file, text);
    refused(message);
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Sequential.load(file)).isExactlyInstanceOf(ModelFormatException.class)
        .hasMessage(file + message);
  }

  /** The sound file with one place changed. */
  private void changed(String from, String to, String message) throws IOException {
    assertThat(sound).contains(from);
    refused(sound.replace(from, to), message);
  }

  @Test
  void truncated() throws IOException {
    refused(sound.substring(0, sound.length() / 2),
        ", line 11, column 11: the file ends too early; it was cut off");
    refused(sound.substring(0, sound.length() - 3), ", line 13, column 4: the file ends too early; it was cut off");
    refused("", ", line 1, column 0: " + NOT_OURS + "an empty file");
  }

  @Test
  void truncatedOrDamagedGzip() throws IOException {
    Path zipped = folder.resolve("model.json.gz");
    MODEL.save(zipped);
    byte[] bytes = Files.readAllBytes(zipped);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    refused(": the file ends too early; it was cut off");
    Files.write(file, Arrays.copyOf(bytes, 5));
    refused(": the file ends too early; it was cut off");
    bytes[bytes.length - 6] ^= 1;
    Files.write(file, bytes);
    refused(": damaged gzip data: Corrupt GZIP trailer");
  }

  @Test
  void notJson() throws IOException {
    refused("hello", ", line 1, column 1: not JSON: Unrecognized token 'hello': was expecting (JSON String, Number (or "
        + "'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')");
    refused("[1]", ", line 1, column 1: " + NOT_OURS + "a list");
    refused(sound + "{}", ", line 15, column 1: expected the end of the file behind the model, got an object");
  }

  @Test
  void notAFoveaModelOrOfAnotherVersion() throws IOException {
    refused("{\"a\": 1}", ", line 1, column 7: " + NOT_OURS + "a field \"a\"");
    refused("{}", ": expected a field \"format\"");
    changed("fovea-model", "keras", ", line 2, column 13: expected the format \"fovea-model\", got \"keras\"");
    changed("\"version\": 1", "\"version\": 2", ", line 3, column 14: expected version 1, the newest this Fovea "
        + "reads, got 2");
    changed("\"version\": 1,", "", ": expected a field \"version\"");
    changed("\"layers\"", "\"layer\"", ", line 6, column 12: unknown field \"layer\"");
  }

  @Test
  void unknownLayers() throws IOException {
    changed("{\"type\": \"relu\"}", "{\"type\": \"rleu\"}", ", line 8, column 5: layers[1]: unknown layer type "
        + "\"rleu\"; did you mean relu?; known are "
        + "add, average_pooling2d, batch_normalization, concatenate, conv2d, dense, depthwise_conv2d, dropout, "
        + "elu, flatten, gelu, global_average_pooling, global_max_pooling, group_normalization, "
        + "layer_normalization, leaky_relu, linear, log_softmax, max_pooling2d, multiply, normalization, relu, "
        + "rescaling, reshape, residual, selu, separable_conv2d, sigmoid, silu, softmax, softplus, "
        + "spatial_dropout2d, squeeze_excitation, stack, stochastic_depth, tanh");
    changed("{\"type\": \"relu\"}", "\"add\"", ", line 8, column 5: layers[1]: expected Layer, got Add.of()");
    changed("{\"type\": \"relu\"}", "5", ", line 8, column 5: layers[1]: expected a layer {\"type\": ...}, got 5");
    changed("\"linear\"", "{\"type\":\"flatten\"}",
        ", line 7, column 5: layers[0] dense: activation: expected Activation, got Flatten.of()");
  }

  @Test
  void fieldsOfLayers() throws IOException {
    String dense = ", line 7, column 5: layers[0] dense: ";
    changed("\"units\": 2, ", "", dense + "expected a field \"units\"");
    changed("\"units\"", "\"unit\"", dense + "unknown field \"unit\"; known are [units, use_bias, activation, "
        + "initializer]");
    changed("\"units\": 2", "\"units\": 0", dense + "dense: units must be at least 1, got 0");
    changed("\"units\": 2", "\"units\": 2.5", dense + "units: expected a whole number up to 2147483647, got 2.5");
    changed("\"units\": 2", "\"units\": 20000000000",
        dense + "units: expected a whole number up to 2147483647, got 20000000000");
    changed("\"use_bias\": true", "\"use_bias\": 1", dense + "use_bias: expected true or false, got 1");
    changed("{\"type\": \"constant\", \"value\": 0.1}", "\"xavier\"", dense
        + "initializer: expected one of glorot_uniform, "
        + "glorot_normal, he_uniform, he_normal, lecun_normal, orthogonal, zeros, ones or "
        + "{\"type\": \"constant\", \"value\": ...}, got \"xavier\"");
    changed("\"value\": 0.1", "\"value\": true", dense + "initializer: value: expected a number, got true");
  }

  @Test
  void windowsOfLayers() throws IOException {
    String relu = "{\"type\": \"relu\"}";
    String conv = "{\"type\": \"conv2d\", \"filters\": 1";
    String where = ", line 8, column 5: layers[1] conv2d: ";
    changed(relu, conv + "}", where + "expected a field \"kernel\"");
    changed(relu, conv + ", \"kernel\": [3]}", where + "kernel: expected height and width, got [3]");
    changed(relu, conv + ", \"kernel\": 3}", where + "kernel: expected a list of whole numbers, got 3");
    changed(relu, conv + ", \"kernel\": [3,0]}", where + "window: kernel width must be at least 1, got 0");
    changed(relu, conv + ", \"kernel\": [3,3], \"padding\": \"sane\"}",
        where + "padding: expected \"valid\", \"same\" or four numbers, got \"sane\"");
    changed(relu, conv + ", \"kernel\": [3,3], \"padding\": [1,1]}",
        where + "padding: expected top, bottom, left and right, got [1,1]");
    changed(relu, conv + ", \"kernel\": [3,3]}", ": the layers do not fit each other: layer 1 conv2d, Conv2D.of(1, 3): "
        + "conv2d: expected samples [C, H, W], got [2]\n  shapes: input [2] -> dense [2] -> conv2d");
    changed(relu, "{\"type\": \"stack\", \"layers\": 7}",
        ", line 8, column 5: layers[1] stack: layers: expected a list, got 7");
  }

  @Test
  void noLayers() throws IOException {
    refused("{\"format\": \"fovea-model\", \"version\": 1, \"input\": [2], \"layers\": []}",
        ": layers: expected at least one, got none");
    refused("{\"format\": \"fovea-model\", \"version\": 1, \"input\": [2]}",
        ": expected a field \"layers\" or \"nodes\"");
    refused("{\"format\": \"fovea-model\", \"version\": 1, \"layers\": [\"relu\"]}", ": expected a field \"input\"");
  }

  @Test
  void weightsThatDoNotFitAreListedAtOnce() throws IOException {
    refused(sound.replace("dense.bias", "dense.bais").replace("\"units\": 2", "\"units\": 3"),
        ": the weights do not fit the layers:\n"
            + "  dense.weight: the layers need [3, 2], the file has [2, 2]\n"
            + "  dense.bias: the layers need [3], the file has none\n"
            + "  dense.bais: the layers need none, the file has [2]");
  }

  @Test
  void aHeaderThatLies() throws IOException {
    refused("{\"format\": \"fovea-model\", \"version\": 1, \"input\": [1600], \"layers\": "
        + "[{\"type\": \"dense\", \"units\": 2000000000}], \"weights\": {}}", ": the weights do not fit the layers:\n"
            + "  dense.weight: the layers need [2000000000, 1600], the file has none\n"
            + "  dense.bias: the layers need [2000000000], the file has none");
    changed("\"shape\": [2,2]", "\"shape\": [2000000000,1600]", ", line 11, column 155: dense.weight: expected "
        + "3200000000000 numbers for the shape [2000000000, 1600], got 4");
  }

  @Test
  void damagedWeights() throws IOException {
    String four = "expected 4 numbers for the shape [2, 2], got ";
    changed("0.1,0.1]", "0.1]", ", line 11, column 139: dense.weight: " + four + "3");
    changed("0.1,0.1]", "0.1,0.1,0.1]", ", line 11, column 143: dense.weight: " + four + "more");
    changed("0.1,0.1]", "0.1,0.2]", ", line 11, column 143: dense.weight: expected the checksum "
        + "94bc92e99332f838f9171af2f1b522a82032ae8f0ca065707239916d157883f1, got "
        + "e3285b1eedb2589b3321dd059ee62b2e9f9507bb731a7b8f4511e33f2b5bc3b4 from the data; the file was changed or "
        + "damaged");
    changed("\"checksum\"", "\"sum\"", ", line 11, column 45: dense.weight: unknown field \"sum\"");
    changed("\"dense.bias\": {", "\"dense.bias\": 3, \"x\": {", ", line 12, column 19: dense.bias: expected an "
        + "object, got 3");
    changed("\"dense.bias\"", "\"dense.weight\"",
        ", line 12, column 19: expected each name once, got \"dense.weight\" again");
    refused(sound.replaceAll("\"checksum\": \"[0-9a-f]*\", ", ""),
        ", line 11, column 63: dense.weight: expected shape, checksum and data, got no checksum");
  }

  @Test
  void numbersThatAreNone() throws IOException {
    String where = ", line 11, column 139: dense.weight: ";
    changed("0.1,0.1]", "0.1,NaN]", where + "expected finite numbers in the range of a float, got NaN");
    changed("0.1,0.1]", "0.1,1e39]", where + "expected finite numbers in the range of a float, got 1e39");
    changed("0.1,0.1]", "0.1,-1e999999999]", where + "expected finite numbers in the range of a float, got "
        + "-1e999999999");
    changed("0.1,0.1]", "0.1,\"x\"]", where + "expected a number, got \"x\"");
    changed("0.1,0.1]", "0.1,null]", where + "expected a number, got null");
    changed("0.1,0.1]", "0.1," + "1".repeat(2000) + "]", ", line 11, column 2139: beyond all measure: Number value "
        + "length (2000) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNumberLength()`)");
  }

  @Test
  void shapesThatAreNone() throws IOException {
    String shape = "shape: expected at most 16 axis lengths from 1 to 2147483647, got ";
    changed("[2,2]", "[2,0]", ", line 11, column 34: dense.weight: " + shape + "0");
    changed("[2,2]", "[2,99999999999]", ", line 11, column 34: dense.weight: " + shape + "99999999999");
    changed("[2,2]", "[2147483647,2147483647,2147483647]",
        ", line 11, column 64: dense.weight: shape: 2^63 elements or more in [2147483647, 2147483647, 2147483647]");
    changed("\"input\": [2]", "\"input\": \"2\"", ", line 4, column 12: input: expected a list of axis lengths, got "
        + "\"2\"");
  }

  @Test
  void metadataOfTheWrongKind() throws IOException {
    changed("\"metadata\": {", "\"metadata\": {\"a\": 1", ", line 5, column 21: metadata: a: expected a text, got 1");
    changed("\"metadata\": {", "\"metadata\": {\"classes\": [1]",
        ", line 5, column 28: metadata: classes: expected a list of texts, got 1");
    changed("\"metadata\": {}", "\"metadata\": []", ", line 5, column 15: metadata: expected an object, got a list");
  }

  @Test
  void absurdNesting() throws IOException {
    String deep = "{\"type\":\"stack\",\"layers\":[".repeat(50_000) + "]}".repeat(50_000);
    changed("{\"type\": \"relu\"}", deep, ", line 8, column 1280: expected at most 100 levels of nesting, got more");
  }

  @Test
  void filesThatAreNotThere() {
    Path nowhere = folder.resolve("nowhere.json");
    assertThatThrownBy(() -> Sequential.load(nowhere)).isInstanceOf(IOException.class)
        .hasMessage(nowhere + ": there is no such file");
    assertThatThrownBy(() -> Sequential.load(folder)).isInstanceOf(IOException.class)
        .hasMessage(folder + ": expected a model file, got a folder");
  }
}
