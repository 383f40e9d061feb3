package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SIGMOID;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every loss makes a small model learn what it should. */
class LearningTest {
  @Test
  void trainsOnDistributions() {
    Tensor y = Tensor.zeros(Shape.of(60, 3));
    int[] labels = Pictures.labels(60, 1);
    for (int i = 0; i < 60; i++) {
      y.data()[i * 3 + labels[i]] = 1;
    }
    Trainer trainer = Trainer.of(convnet(1), Adam.of(0.01), Loss.categoricalCrossEntropy());
    History history = trainer.fit(ArrayDataset.of(Pictures.x(60, 1), y), Fit.epochs(12).batchSize(20).quietly());
    assertThat(history.last().accuracy()).isGreaterThan(0.9);
    Sequential same = convnet(1);
    Trainer.of(same, Adam.of(0.01), Loss.sparseCategoricalCrossEntropy())
        .fit(Pictures.generate(60, 1), Fit.epochs(12).batchSize(20).quietly());
    assertThat(same.parameter("dense.weight").toArray())
        .isEqualTo(trainer.model().parameter("dense.weight").toArray());
  }

  @Test
  void trainsYesOrNo() {
    int[] labels = Arrays.stream(Pictures.labels(80, 1)).map(label -> label == 2 ? 1 : 0).toArray();
    Dataset data = ArrayDataset.of(Pictures.x(80, 1), labels, List.of("no", "yes"));
    Sequential model = Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(1).withActivation(SIGMOID));
    Trainer trainer = Trainer.of(model, Adam.of(0.02), Loss.binaryCrossEntropy());
    History history = trainer.fit(data, Fit.epochs(10).batchSize(16).quietly());
    assertThat(history.last().accuracy()).isGreaterThan(0.95);
    assertThat(trainer.evaluate(data).confusion().orElseThrow().classNames()).containsExactly("no", "yes");
  }

  @Test
  void trainsOnValues() {
    Tensor x = Tensor.normal(Shape.of(64, 3), new RandomSource(1));
    Tensor y = Tensor.zeros(Shape.of(64));
    for (int i = 0; i < 64; i++) {
      y.data()[i] = x.get(i, 0) - 2 * x.get(i, 1) + 0.5f;
    }
    Sequential model = Sequential.of(Shape.of(3), 1, Dense.of(1));
    Trainer trainer = Trainer.of(model, Sgd.of(0.1), Loss.meanSquaredError());
    Dataset data = ArrayDataset.of(x, y);
    History history = trainer.fit(data, Fit.epochs(30).batchSize(16).validation(data).quietly());
    assertThat(history.last().loss()).isLessThan(1e-6);
    assertThat(history.last().accuracy()).isNaN();
    assertThat(history.last().validationAccuracy()).isNaN();
    assertThat(model.parameter("dense.weight").get(0, 1)).isCloseTo(-2, within(1e-3f));
  }

  @Test
  void overfitsOneBatch() {
    Trainer trainer = Trainer.of(convnet(5), Adam.of(0.02), Loss.sparseCategoricalCrossEntropy());
    Tensor x = Tensor.normal(Pictures.SAMPLE.prepend(16), new RandomSource(9));
    Tensor y = Pictures.y(16, 4);
    double last = Double.NaN;
    for (int i = 0; i < 150; i++) {
      last = trainer.step(x, y).loss();
    }
    assertThat(last).isLessThan(0.01);
  }

  private static Sequential convnet(long seed) {
    return Sequential.of(Pictures.SAMPLE, seed, Conv2D.of(6, 3).withActivation(RELU), MaxPooling2D.of(2), Flatten.of(),
        Dense.of(3).withActivation(SOFTMAX));
  }
}
