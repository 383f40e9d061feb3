package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of one's own: named, computed, saved and loaded like Fovea's. */
class LayerRegistryTest {
  @TempDir
  private Path folder;

  /** A factor that is learned, with a component of each kind a file can hold. */
  private record LearnedScale(double start, Layer before, List<Activation> behind, Map<String, Integer> notes,
      Mode mode,
      long serial) implements Layer {
    private enum Mode { PLAIN, FANCY }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(ParameterSpec.of("factor", Shape.of(1), Initializer.constant(start)));
    }

    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      return Ops.multiply(input, parameters.get("factor"));
    }
  }

  private record Plain(int size) implements Layer {
    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      return input;
    }
  }

  private static final class NoRecord implements Layer {
    @Override
    public Tensor forward(Tensor input, Parameters parameters, Pass pass) {
      return input;
    }
  }

  private static final LearnedScale SCALE = new LearnedScale(2, Flatten.of(),
      List.of(Activation.TANH, Activation.elu(2)),
      Map.of("a", 1), LearnedScale.Mode.FANCY, 12345678901L);
  private static final LayerRegistry REGISTRY = LayerRegistry.standard().with("my_scale", LearnedScale.class, SCALE);

  @Test
  void ownLayersAreSavedAndLoaded() throws IOException {
    Path file = folder.resolve("own.json");
    Sequential model = Sequential.of(Shape.of(3), 1L, SCALE, Activation.RELU);
    assertThat(model.specs()).extracting(ParameterSpec::name).containsExactly("learned_scale.factor");
    model.save(file, REGISTRY);
    Sequential loaded = Sequential.load(file, REGISTRY);
    assertThat(loaded.layers()).isEqualTo(model.layers());
    assertThat(loaded.predict(Tensor.vector(1, -1, 2)).toArray()).containsExactly(2, 0, 4);
  }

  @Test
  void whatAFileLeavesOutComesFromThePrototype() throws IOException {
    Path file = folder.resolve("own.json");
    Sequential.of(Shape.of(3), 1L, SCALE).save(file, REGISTRY);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.indexOf("{\"type\"")) + "\"my_scale\"\n  ],"
        + text.substring(text.indexOf("\n  \"weights\"")));
    assertThat(Sequential.load(file, REGISTRY).layers()).containsExactly(SCALE);
  }

  @Test
  void withoutAPrototypeEverythingMustBeThere() throws IOException {
    LayerRegistry registry = LayerRegistry.standard().with("plain", Plain.class, null);
    Path file = folder.resolve("plain.json");
    Sequential.of(Shape.of(3), 1L, new Plain(4)).save(file, registry);
    assertThat(Sequential.load(file, registry).layers()).containsExactly(new Plain(4));
    Files.writeString(file, Files.readString(file).replace(", \"size\": 4", ""));
    assertThatThrownBy(() -> Sequential.load(file, registry)).isInstanceOf(ModelFormatException.class)
        .hasMessage(file + ", line 7, column 5: layers[0] plain: expected a field \"size\"");
  }

  @Test
  void refuses() {
    Path file = folder.resolve("own.json");
    assertThatThrownBy(() -> Sequential.of(Shape.of(3), 1L, new Plain(4)).save(file))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("save: Plain[size=4] is of class "
            + Plain.class.getName() + ", which has no type name; add it by LayerRegistry.standard().with(...) and pass "
            + "that to save and load");
    assertThat(file).doesNotExist();
    assertThatThrownBy(() -> LayerRegistry.standard().with("none", NoRecord.class, new NoRecord()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer registry: none: expected a record, got class " + NoRecord.class.getName());
    assertThatThrownBy(() -> LayerRegistry.standard().with("plain", Plain.class, new Plain(1), "sise"))
        .hasMessage("layer registry: plain: expected required fields among [size], got \"sise\"");
    Initializer own = (shape, values, random) -> values[0] = 1;
    assertThatThrownBy(() -> Sequential.of(Shape.of(3), 1L, Dense.of(1).withInitializer(own)).save(file))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("save: expected one of Fovea's "
        + "initializers, got ");
  }

  @Test
  void knowsItsTypes() {
    assertThat(REGISTRY.types()).contains("my_scale", "conv2d", "softmax").hasSize(37);
    assertThat(LayerRegistry.standard().types()).doesNotContain("my_scale");
  }
}
