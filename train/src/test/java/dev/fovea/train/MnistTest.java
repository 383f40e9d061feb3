package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fovea.core.Shape;
import dev.fovea.data.Mnist;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Real handwritten digits, where the environment variable FOVEA_MNIST names the folder with the four files. */
class MnistTest {
  private static final int STEPS = 200;
  private static final int BATCH = 64;

  @Test
  void twoHundredSteps() throws IOException {
    String folder = System.getenv("FOVEA_MNIST");
    assumeTrue(folder != null, "set FOVEA_MNIST to the folder with the files of MNIST to run this test");
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 1L,
        Conv2D.of(16, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(32, 3).withActivation(RELU), MaxPooling2D.of(2),
        Flatten.of(), Dense.of(64).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    Trainer trainer = Trainer.of(model, Adam.of(2e-3), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(Mnist.train(Path.of(folder)).shuffled(1L).take(STEPS * BATCH), Fit.epochs(1).batchSize(BATCH));
    assertThat(trainer.steps()).isEqualTo(STEPS);
    Evaluation evaluation = trainer.evaluate(Mnist.test(Path.of(folder)));
    assertThat(evaluation.samples()).isEqualTo(10_000);
    assertThat(evaluation.accuracy()).as(evaluation.toString()).isGreaterThan(0.95);
  }
}
