package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Golden;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.ops.Padding;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Pass;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.OptimizerState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Twenty-five steps of a small convnet, against PyTorch in float64. */
class TrainSmallCnnTest {
  private static final double LOSSES = 1e-4;
  private static final double WEIGHTS = 1e-3;
  private static final Map<String, String> NAMES = Map.of(
      "0.weight", "conv2d.weight", "0.bias", "conv2d.bias", "3.weight", "conv2d_1.weight",
      "4.weight", "batch_normalization.weight", "4.bias", "batch_normalization.bias",
      "7.weight", "dense.weight", "7.bias", "dense.bias", "9.weight", "dense_1.weight", "9.bias", "dense_1.bias");

  private final JsonNode golden = Golden.read("train_small_cnn").root();
  private final Sequential model = model();

  @Test
  void planned() {
    Trainer trainer = Trainer.of(model, Adam.of(0.005), Loss.sparseCategoricalCrossEntropy().fromLogits());
    double[] losses = Golden.doubles(golden.path("loss_at_step"));
    for (int i = 0; i < losses.length; i++) {
      nearStep(i, trainer.step(x(i), y(i)).loss(), losses[i]);
    }
    nearEnd(trainer.predict(Golden.tensor(golden.path("test_input"))));
  }

  @Test
  void eager() {
    OptimizerState optimizer = OptimizerState.of(Adam.of(0.005), model.parameters());
    double[] losses = Golden.doubles(golden.path("loss_at_step"));
    for (int i = 0; i < losses.length; i++) {
      Pass pass = Pass.training(new RandomSource(1));
      model.parameters().forEach(Tensor::zeroGrad);
      Tensor loss = Ops.crossEntropyFromLogits(model.forward(x(i), pass), y(i));
      loss.backward();
      pass.commit();
      optimizer.step();
      nearStep(i, loss.item(), losses[i]);
    }
    nearEnd(model.predict(Golden.tensor(golden.path("test_input"))));
  }

  private static void nearStep(int step, double loss, double expected) {
    assertThat(Math.abs(loss - expected)).as("step %d: loss %s, expected %s", step + 1, loss, expected)
        .isLessThanOrEqualTo(LOSSES);
  }

  private void nearEnd(Tensor logits) {
    NAMES.forEach((theirs, ours) -> Golden.near(ours, model.parameter(ours).toArray(),
        Golden.doubles(golden.path("final").path(theirs).path("data")), WEIGHTS));
    Golden.near("test logits", logits.toArray(), Golden.doubles(golden.path("test_logits").path("data")), WEIGHTS);
  }

  private Sequential model() {
    Sequential cnn = Sequential.of(Shape.of(1, 12, 12), 1,
        Conv2D.of(4, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(6, 3).withPadding(Padding.of(1)).withoutBias(),
        BatchNormalization.of().withMomentum(0.9).withEpsilon(1e-5).withUnbiasedVariance(),
        RELU,
        Flatten.of(), Dense.of(10).withActivation(RELU), Dense.of(3));
    NAMES.forEach((theirs, ours) -> cnn.set(ours, Golden.floats(golden.path("initial").path(theirs).path("data"))));
    return cnn;
  }

  private Tensor x(int step) {
    return Golden.tensor(golden.path("batches").get(step));
  }

  private Tensor y(int step) {
    return Tensor.vector(Golden.floats(golden.path("labels").get(step)));
  }
}
