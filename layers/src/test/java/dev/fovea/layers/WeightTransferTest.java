package dev.fovea.layers;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights by name: into another head, into the same layers, from a file, refused. */
class WeightTransferTest {
  private static final Shape SAMPLE = Shape.of(1, 6, 6);

  @TempDir
  private Path folder;

  private static Sequential model(long seed, int classes) {
    return Sequential.of(SAMPLE, seed,
        Conv2D.of(2, 3).withActivation(RELU), BatchNormalization.of(), GlobalAveragePooling.of(),
        Dense.of(classes).withActivation(SOFTMAX));
  }

  private static float[] values(Model model, String name) {
    return model.parameter(name).toArray();
  }

  @Test
  void intoAnotherHead() {
    Sequential source = model(1L, 5);
    source.set("batch_normalization.running_mean", 3, 4);
    Sequential target = model(2L, 3);
    float[] head = values(target, "dense.weight");
    target.predict(Tensor.zeros(SAMPLE)); // plans made before must see what comes
    WeightTransfer transfer = target.loadWeights(source);
    assertThat(transfer.taken()).containsExactly("conv2d.weight", "conv2d.bias", "batch_normalization.weight",
        "batch_normalization.bias", "batch_normalization.running_mean", "batch_normalization.running_variance");
    assertThat(transfer.left()).containsExactly(entry("dense.weight", "expected [3, 2], the source has [5, 2]"),
        entry("dense.bias", "expected [3], the source has [5]"));
    assertThat(transfer.unused()).isEmpty();
    assertThat(transfer).hasToString("""
        taken: 6 of 8 parameters
          dense.weight: expected [3, 2], the source has [5, 2]
          dense.bias: expected [3], the source has [5]""");
    assertThat(values(target, "conv2d.weight")).isEqualTo(values(source, "conv2d.weight"));
    assertThat(values(target, "batch_normalization.running_mean")).containsExactly(3, 4);
    assertThat(values(target, "dense.weight")).isEqualTo(head);
    source.set("conv2d.bias", 7, 8);
    assertThat(values(target, "conv2d.bias")).as("copied, not shared").containsExactly(0, 0);
  }

  @Test
  void planChangesWithTheWeights() {
    Sequential source = model(1L, 3);
    Sequential target = model(2L, 3);
    Tensor x = LayerContract.of(Stack.of(), 1, 6, 6).input(1);
    Tensor sample = Tensor.wrap(SAMPLE, x.toArray());
    assertThat(target.predict(sample).toArray()).isNotEqualTo(source.predict(sample).toArray());
    target.loadWeights(source);
    assertThat(target.predict(sample).toArray()).isEqualTo(source.predict(sample).toArray());
  }

  /** A head of the same shape is left out by name; layers that one model has alone are named. */
  @Test
  void chosenOnes() {
    Sequential source = Sequential.of(SAMPLE, 1L, Conv2D.of(2, 3), Conv2D.of(2, 1), GlobalAveragePooling.of(),
        Dense.of(3));
    Sequential target = model(2L, 3);
    WeightTransfer transfer = target.loadWeights(source, name -> !name.startsWith("dense."));
    assertThat(transfer).hasToString("""
        taken: 2 of 8 parameters
          batch_normalization.weight: the source has none of this name
          batch_normalization.bias: the source has none of this name
          batch_normalization.running_mean: the source has none of this name
          batch_normalization.running_variance: the source has none of this name
          dense.weight: not asked for
          dense.bias: not asked for
          conv2d_1.weight: the source's alone
          conv2d_1.bias: the source's alone""");
    assertThat(transfer.unused()).containsExactly("conv2d_1.weight", "conv2d_1.bias");
    assertThat(values(target, "dense.weight")).isEqualTo(values(model(2L, 3), "dense.weight"));
  }

  @Test
  void fromAFile() throws IOException {
    Path file = folder.resolve("trunk.json");
    Sequential source = model(1L, 5);
    source.save(file);
    Sequential other = model(2L, 3);
    assertThat(other.loadWeights(file).taken()).hasSize(6);
    assertThat(values(other, "conv2d.weight")).isEqualTo(values(source, "conv2d.weight"));
    Sequential same = model(2L, 5);
    same.loadWeightsStrictly(file);
    assertThat(values(same, "dense.weight")).isEqualTo(values(source, "dense.weight"));
  }

  /** Between a graph and a row of layers too: names tell. */
  @Test
  void intoAGraph() {
    Graph.Builder g = Graph.builder(3L);
    Node conv = g.apply(Conv2D.of(2, 3), g.input(SAMPLE));
    Graph graph = g.build(g.apply("head", Dense.of(4), g.apply(Flatten.of(), conv)));
    assertThat(graph.loadWeights(model(1L, 5)).taken()).containsExactly("conv2d.weight", "conv2d.bias");
  }

  @Test
  void whatIsFrozenIsTakenAndStaysFrozen() {
    Sequential source = model(1L, 3);
    Sequential target = model(2L, 3);
    target.freeze("conv2d");
    target.loadWeightsStrictly(source);
    assertThat(values(target, "conv2d.weight")).isEqualTo(values(source, "conv2d.weight"));
    assertThat(target.parameter("conv2d.weight").frozen()).isTrue();
  }

  @Test
  void refuses() {
    Sequential target = Sequential.of(SAMPLE, 2L, Flatten.of(), Dense.of(2));
    float[] before = values(target, "dense.weight");
    assertThatThrownBy(() -> target.loadWeights(model(1L, 2), name -> name.endsWith("weight")))
        .isInstanceOf(IllegalArgumentException.class).hasMessage("""
        load weights: expected at least one that fits, got none:
          dense.weight: expected [2, 36], the source has [2, 2]
          dense.bias: not asked for
          conv2d.weight: the source's alone
          conv2d.bias: the source's alone
          batch_normalization.weight: the source's alone
          batch_normalization.bias: the source's alone
          batch_normalization.running_mean: the source's alone
          batch_normalization.running_variance: the source's alone""");
    Sequential wider = Sequential.of(Shape.of(40), 1L, Dense.of(2));
    assertThatThrownBy(() -> target.loadWeightsStrictly(wider)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("load weights: expected the same parameters in both models, got others; loadWeights takes those "
            + "that fit:\n  dense.weight: expected [2, 36], the source has [2, 40]");
    assertThat(values(target, "dense.weight")).isEqualTo(before);
    assertThatThrownBy(() -> target.loadWeights((Model) null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("load weights: expected a model to take them from, got null");
    assertThatThrownBy(() -> target.loadWeights(wider, null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("load weights: expected a choice of names, got null");
  }
}
