package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs in model files, sound ones and others; what both kinds of model share is in {@link BadModelFileTest}. */
class GraphFileTest {
  @TempDir
  private Path folder;
  private Path file;
  private String sound;

  /** An input, a dense layer applied twice, a sum. */
  private static Graph small() {
    Graph.Builder g = Graph.builder(1L);
    Node x = g.input("x", Shape.of(2));
    Node dense = g.apply(Dense.of(2).withInitializer(Initializer.constant(0.5)), x);
    return g.build(g.merge(Add.of(), g.share("dense", dense), x)).withMetadata(Metadata.classes("no", "yes"));
  }

  @BeforeEach
  void aSoundFile() throws IOException {
    file = folder.resolve("graph.json");
    small().save(file);
    sound = Files.readString(file);
  }

  /** The message after the file's path, for the sound file with one place changed. */
  private void changed(String from, String to, String message) throws IOException {
    assertThat(sound).contains(from);
    Files.writeString(file, sound.replace(from, to));
    assertThatThrownBy(() -> Model.load(file)).isExactlyInstanceOf(ModelFormatException.class)
        .hasMessage(file + message);
  }

  @Test
  void readsWell() {
    assertThat(sound).isEqualTo("""
        {
          "format": "fovea-model",
          "version": 1,
          "inputs": [
            {"name": "x", "shape": [2]}
          ],
          "metadata": {
            "classes": ["no","yes"]
          },
          "nodes": [
            {"name": "dense", "layer": {"type": "dense", "units": 2, "use_bias": true, "activation": "linear", \
        "initializer": {"type": "constant", "value": 0.5}}, "inputs": ["x"]},
            {"name": "dense_1", "shares": "dense", "inputs": ["dense"]},
            {"name": "add", "layer": {"type": "add"}, "inputs": ["dense_1","x"]}
          ],
          "output": "add",
          "weights": {
            "dense.weight": {"shape": [2,2], "checksum": \
        "%s", "data": [0.5,0.5,0.5,0.5]},
            "dense.bias": {"shape": [2], "checksum": \
        "%s", "data": [0.0,0.0]}
          }
        }
        """.formatted(Checksum.of(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, 4), Checksum.of(new float[2], 2)));
  }

  @Test
  void loadsWhatWasSaved() throws IOException {
    Graph model = GraphTest.everything().withMetadata(Metadata.classes("a", "b").with("author", "Ada"));
    Path zipped = folder.resolve("everything.json.gz");
    model.save(zipped);
    Graph loaded = (Graph) Model.load(zipped);
    assertThat(loaded.nodes()).isEqualTo(model.nodes());
    assertThat(loaded.inputs()).isEqualTo(model.inputs());
    assertThat(loaded.metadata()).isEqualTo(model.metadata());
    assertThat(loaded.summary()).isEqualTo(model.summary());
    assertThat(loaded).hasToString(model.toString().replace("builder(3L)", "builder(0L)"));
    for (ParameterSpec spec : model.specs()) {
      assertThat(loaded.parameter(spec.name()).toArray()).isEqualTo(model.parameter(spec.name()).toArray());
      assertThat(loaded.parameter(spec.name()).trainable()).isEqualTo(spec.trainable());
    }
    List<Tensor> samples = List.of(Tensor.normal(Shape.of(2, 4, 4), new RandomSource(1)),
        Tensor.normal(Shape.of(2, 4, 4), new RandomSource(2)));
    assertThat(loaded.predict(samples).toArray()).isEqualTo(model.predict(samples).toArray());
  }

  @Test
  void mergesOfOnesOwn() throws IOException {
    LayerRegistry registry = LayerRegistry.standard().with("blend", GraphTest.Blend.class, null);
    Graph.Builder g = Graph.builder(1L);
    Node x = g.input("x", Shape.of(2));
    Graph model = g.build(g.merge(new GraphTest.Blend(0.25), x, g.apply(RELU, x)));
    model.save(file, registry);
    assertThat(Graph.load(file, registry).nodes()).isEqualTo(model.nodes());
    assertThat(Model.load(file, registry).predict(Tensor.vector(4, -8)).toArray()).containsExactly(4, -2);
  }

  @Test
  void eitherKindIsToldFromTheOther() throws IOException {
    assertThat(Model.load(file)).isInstanceOf(Graph.class);
    assertThat(Graph.load(file).nodes()).isEqualTo(small().nodes());
    assertThatThrownBy(() -> Sequential.load(file)).isExactlyInstanceOf(ModelFormatException.class)
        .hasMessage(file + ": expected a Sequential, got a Graph; Graph.load reads it, and Model.load reads either");
    Path row = folder.resolve("row.json");
    Sequential.of(Shape.of(2), 1L, Dense.of(2)).save(row);
    assertThat(Model.load(row)).isInstanceOf(Sequential.class);
    assertThatThrownBy(() -> Graph.load(row)).isExactlyInstanceOf(ModelFormatException.class).hasMessage(
        row + ": expected a Graph, got a Sequential; Sequential.load reads it, and Model.load reads either");
  }

  @Test
  void nodesMayStandInAnyOrder() throws IOException {
    String add = "    {\"name\": \"add\", \"layer\": {\"type\": \"add\"}, \"inputs\": [\"dense_1\",\"x\"]}";
    Files.writeString(file, sound.replace(",\n" + add, "").replace("\"nodes\": [\n", "\"nodes\": [\n" + add + ",\n"));
    assertThat(Graph.load(file).nodes()).isEqualTo(small().nodes());
  }

  @Test
  void cycles() throws IOException {
    changed("\"inputs\": [\"x\"]", "\"inputs\": [\"add\"]",
        ": nodes: expected none that leads back to itself, got the cycle dense -> dense_1 -> add -> dense");
    changed("\"inputs\": [\"dense\"]", "\"inputs\": [\"dense_1\"]",
        ": nodes: expected none that leads back to itself, got the cycle dense_1 -> dense_1");
    changed("\"inputs\": [\"dense_1\",\"x\"]", "\"inputs\": [\"x\",\"add\"]",
        ": nodes: expected none that leads back to itself, got the cycle add -> add");
  }

  @Test
  void namesThatAreUnknownOrThereTwice() throws IOException {
    String known = "; known are x, dense, dense_1, add";
    changed("[\"dense_1\",\"x\"]", "[\"dense_2\",\"x\"]",
        ": nodes[2] add: unknown node \"dense_2\"; did you mean dense_1?" + known);
    changed("\"shares\": \"dense\"", "\"shares\": \"conv\"", ": nodes[1] dense_1: unknown node \"conv\"" + known);
    changed("\"shares\": \"dense\"", "\"shares\": \"x\"",
        ": nodes[1] dense_1: expected to share a layer's parameters, got the input x");
    changed("\"output\": \"add\"", "\"output\": \"sum\"", ": output: unknown node \"sum\"" + known);
    changed("\"name\": \"add\"", "\"name\": \"x\"", ": nodes[2]: expected a name for each node, got \"x\" again");
    changed("\"name\": \"dense_1\"", "\"name\": \"dense.1\"", ": nodes[2] add: unknown node \"dense_1\"; did you mean "
        + "dense.1?; known are x, dense, dense.1, add");
    changed("dense_1", "dense.1",
        ": graph: expected names of letters, digits and _, a letter first, got \"dense.1\"");
  }

  @Test
  void nodesThatDoNotFit() throws IOException {
    changed("[\"dense_1\",\"x\"]", "[\"dense\",\"x\"]", ": graph: expected every node to lead to the output add, "
        + "dense_1 does not; connect what is missing, or leave it out");
    changed("\"output\": \"add\"", "\"output\": \"x\"",
        ": graph: expected a layer or a merge as output, got the input x");
    changed("\"units\": 2", "\"units\": 3", ": the layers do not fit each other: layer 1 dense_1, "
        + "Dense.of(3).withInitializer(Initializer.constant(0.5)): the parameters of dense, which it shares, were made "
        + "for [2], got [3], for which they have other shapes\n  shapes: x [2] -> dense [3] -> dense_1");
    changed("[\"x\"]", "[\"x\",\"x\"]", ": graph: dense: expected one input, got 2");
    changed("\"dense.bias\"", "\"dense_1.bias\"", ": the weights do not fit the layers:\n"
        + "  dense.bias: the layers need [2], the file has none\n"
        + "  dense_1.bias: the layers need none, the file has [2]");
  }

  @Test
  void fields() throws IOException {
    String second = ", line 12, column 5: nodes[1]";
    changed("\"shares\": \"dense\", ", "", second + ": expected either a layer or what it shares, got "
        + "{\"name\":\"dense_1\",\"inputs\":[\"dense\"]}");
    changed("\"shares\": \"dense\"", "\"shares\": 1", second + ": shares: expected a text, got 1");
    changed("\"name\": \"dense_1\", ", "", second + ": name: expected a text, got none");
    changed("\"inputs\": [\"dense\"]", "\"inputs\": []", second + ": expected a list of inputs, got "
        + "{\"name\":\"dense_1\",\"shares\":\"dense\",\"inputs\":[]}");
    changed("\"inputs\": [\"dense\"]", "\"inputs\": [1]", second + ": inputs: expected a text, got 1");
    changed("\"shares\"", "\"share\"", second + ": unknown field \"share\"; known are [name, layer, shares, inputs]");
    changed("{\"type\": \"add\"}", "{\"typ\": \"add\"}", ", line 13, column 5: nodes[2]: expected a layer "
        + "{\"type\": ...}, got {\"typ\":\"add\"}");
    changed("\"units\"", "\"unit\"", ", line 11, column 5: nodes[0] dense: unknown field \"unit\"; known are [units, "
        + "use_bias, activation, initializer]");
    String first = ", line 5, column 5: inputs[0]: ";
    changed("\"shape\": [2]}\n", "\"shape\": [0]}\n", first + "shape: axis 0 must be at least 1, got 0 in [0]");
    changed(", \"shape\": [2]}\n", "}\n", first + "expected name and shape, got {\"name\":\"x\"}");
    changed("{\"name\": \"x\", \"shape\": [2]}", "1", first + "expected an object, got 1");
  }

  @Test
  void fieldsOfTheOtherKindOfModel() throws IOException {
    changed("\"output\": \"add\"", "\"input\": [2]", ": expected a field \"output\"");
    changed("\"output\": \"add\"", "\"output\": \"add\",\n  \"input\": [2]",
        ": expected no field \"input\" beside \"nodes\"");
    changed("\"output\": \"add\"", "\"output\": \"add\",\n  \"layers\": [\"relu\"]",
        ": expected no field \"layers\" beside \"nodes\"");
    changed("\"output\": \"add\"", "\"output\": 1", ", line 15, column 13: output: expected the name of a node, got 1");
    Sequential.of(Shape.of(2), 1L, RELU).save(file);
    sound = Files.readString(file);
    changed("\"input\": [2]", "\"input\": [2],\n  \"inputs\": []", ": expected no field \"inputs\" beside \"layers\"");
    changed("\"input\": [2]", "\"input\": [2],\n  \"output\": \"relu\"",
        ": expected no field \"output\" beside \"layers\"");
  }
}
