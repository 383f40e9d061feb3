package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program a user writes first, on fewer digits and with a smaller network. */
class ReadmeProgramTest {
  @TempDir
  private Path folder;

  @Test
  void trainsEvaluatesSavesAndLoads() throws IOException {
    Dataset train = Digits.generate(1_000, 1L);
    Dataset test = Digits.generate(100, 2L);
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 42L,
        Conv2D.of(4, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(8, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(32).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    Trainer trainer = Trainer.of(model, Adam.of(5e-3), Loss.sparseCategoricalCrossEntropy());
    History history = trainer.fit(train, Fit.epochs(2).batchSize(16).seed(7L).validation(test));
    assertThat(history.epochs()).hasSize(2);
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss());
    Evaluation evaluation = trainer.evaluate(test);
    assertThat(evaluation.accuracy()).as("two small epochs; guessing gives 0.1").isGreaterThan(0.5);
    assertThat(evaluation.toString()).contains("accuracy", "top-5 accuracy", "rows: actual class");

    Path file = folder.resolve("digits.json");
    model.save(file);
    Sequential loaded = Sequential.load(file);
    Tensor sample = test.sample(0);
    assertThat(loaded.predict(sample).toArray()).isEqualTo(model.predict(sample).toArray());
    assertThat(loaded.predict(sample).argMax()).isBetween(0, 9);
    Trainer again = Trainer.of(loaded, Adam.of(5e-3), Loss.sparseCategoricalCrossEntropy());
    assertThat(again.predict(test).toArray()).isEqualTo(trainer.predict(test).toArray());
    assertThat(again.evaluate(test).loss()).isEqualTo(evaluation.loss());
  }
}
