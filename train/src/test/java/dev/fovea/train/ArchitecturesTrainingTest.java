package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Architectures;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every ready architecture but VGG-16, whose weights alone take half a gigabyte, is trained a step on tiny pictures.
 */
class ArchitecturesTrainingTest {
  private static final int CLASSES = 3;

  private static void trains(Sequential model) {
    List<float[]> before = new ArrayList<>();
    model.parameters().forEach(parameter -> before.add(parameter.toArray()));
    Tensor x = Tensor.normal(model.inputShape().prepend(2), new RandomSource(1));
    Trainer trainer = Trainer.of(model, Sgd.of(0.01), Loss.sparseCategoricalCrossEntropy());
    StepResult step = trainer.step(x, Tensor.vector(0, CLASSES - 1));
    assertThat(step.loss()).isFinite().isPositive();
    for (int i = 0; i < before.size(); i++) {
      Parameter parameter = model.parameters().get(i);
      assertThat(parameter.toArray()).as(parameter.name()).isNotEqualTo(before.get(i)).doesNotContain(Float.NaN);
    }
  }

  @Test
  void leNet5() {
    trains(Architectures.leNet5(Shape.of(1, 16, 16), CLASSES, 1L));
  }

  @Test
  void convnets() {
    trains(Architectures.convnet(Shape.of(1, 12, 12), CLASSES, 1L));
    trains(Architectures.vggLike(Shape.of(3, 14, 14), CLASSES, 1L));
  }

  @Test
  void resNets() {
    trains(Architectures.resNet18(Shape.of(3, 9, 9), CLASSES, 1L));
    trains(Architectures.resNet20(Shape.of(3, 10, 10), CLASSES, 1L));
  }

  @Test
  void mobileNet() {
    trains(Architectures.mobileNet(Shape.of(3, 17, 17), CLASSES, 1L, 0.25));
  }
}
