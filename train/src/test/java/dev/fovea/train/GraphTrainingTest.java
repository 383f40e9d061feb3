package dev.fovea.train;

import static dev.fovea.core.ops.Padding.SAME;
import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Add;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Concatenate;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Graph;
import dev.fovea.layers.Layer;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Model;
import dev.fovea.layers.Node;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer takes any model: here one with branches and a layer that is applied twice. */
class GraphTrainingTest {
  private static final Dataset TRAIN = Pictures.generate(150, 1);
  private static final Dataset TEST = Pictures.generate(70, 2);

  @TempDir
  private Path folder;

  private static Graph residual() {
    Graph.Builder g = Graph.builder(1L);
    Node stem = g.apply(Conv2D.of(4, 3).withActivation(RELU), g.input("picture", Pictures.SAMPLE));
    Node block = g.apply("block", Conv2D.of(4, 3).withPadding(SAME).withActivation(RELU), stem);
    Node sum = g.merge(Add.of(), g.apply(BatchNormalization.of(), g.share("block", block)), stem);
    Node flat = g.apply(Flatten.of(), g.apply(MaxPooling2D.of(2), sum));
    return g.build(g.apply(Dense.of(3).withActivation(SOFTMAX), flat));
  }

  private static Trainer trainer(Model model) {
    return Trainer.of(model, Adam.of(0.01), Loss.sparseCategoricalCrossEntropy());
  }

  @Test
  void learnsAndComesBackFromItsFile() throws IOException {
    Graph model = residual();
    Trainer trainer = trainer(model);
    float[] before = model.parameter("block.weight").toArray();
    trainer.fit(TRAIN, Fit.epochs(6).batchSize(16).seed(7L).validation(TEST).quietly());
    double accuracy = trainer.evaluate(TEST).accuracy();
    assertThat(accuracy).as("a third is chance").isGreaterThan(0.8);
    assertThat(model.parameter("block.weight").toArray()).isNotEqualTo(before);
    Path file = folder.resolve("residual.json");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.predict(TEST.sample(0)).toArray()).isEqualTo(model.predict(TEST.sample(0)).toArray());
    assertThat(trainer(loaded).evaluate(TEST).accuracy()).isEqualTo(accuracy);
  }

  @Test
  void aRowOfLayersTrainsAsASequentialDoes() {
    Layer[] layers = {Conv2D.of(4, 3).withActivation(RELU), Flatten.of(), Dense.of(3).withActivation(SOFTMAX)};
    Sequential row = Sequential.of(Pictures.SAMPLE, 1L, layers);
    Graph.Builder g = Graph.builder(1L);
    Node node = g.input(Pictures.SAMPLE);
    for (Layer layer : layers) {
      node = g.apply(layer, node);
    }
    Graph graph = g.build(node);
    for (Model model : new Model[] {row, graph}) {
      trainer(model).fit(TRAIN, Fit.epochs(1).batchSize(16).seed(7L).quietly());
    }
    assertThat(graph.parameter("dense.weight").toArray()).isEqualTo(row.parameter("dense.weight").toArray());
  }

  @Test
  void aModelOfSeveralInputsIsRefused() {
    Graph.Builder g = Graph.builder(1L);
    Node both = g.merge(Concatenate.of(), g.input("left", Shape.of(2)), g.input("right", Shape.of(2)));
    Graph model = g.build(g.apply(Dense.of(3).withActivation(SOFTMAX), both));
    assertThatThrownBy(() -> trainer(model)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("forward: expected a list of 2 tensors, for left and right, got 1");
    assertThat(model.predict(List.of(Tensor.vector(1, 2), Tensor.vector(3, 4))).shape())
        .isEqualTo(Shape.of(3));
  }
}
