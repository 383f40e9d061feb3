package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.data.ArrayDataset;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Model;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Schedule;
import dev.fovea.optim.Sgd;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, the model keeps weights and running statistics that are finite and were last known to do. */
class SafetyTest {
  private static final int BATCH = 16;

  private final Sequential model = Sequential.of(Pictures.SAMPLE, 3,
      Conv2D.of(4, 3).withActivation(RELU), Conv2D.of(4, 3), BatchNormalization.of(), RELU, Flatten.of(), Dense.of(3));
  private final Loss loss = Loss.sparseCategoricalCrossEntropy().fromLogits();

  @Test
  void aPixelThatIsNoNumber() {
    Trainer trainer = Trainer.of(model, Sgd.of(0.1), loss);
    step(trainer, 1);
    step(trainer, 2);
    Map<String, float[]> before = values(model);
    Tensor x = Pictures.x(BATCH, 3);
    x.data()[5 * Pictures.SAMPLE.size() + 9] = Float.NaN;
    NonFiniteException failure = fails(() -> trainer.step(x, Pictures.y(BATCH, 3)));
    assertThat(failure).hasMessage("step 3: the loss is NaN; the batch itself holds NaN, in the input of its sample 5;"
        + " the weights are those of step 2; check the data");
    assertThat(failure.step()).isEqualTo(3);
    assertThat(failure.layer()).isEqualTo("the input");
    assertSame(before);
    assertThat(step(trainer, 3).step()).as("training can go on").isEqualTo(3);
  }

  @Test
  void aPixelThatIsNoNumberWhileFitting() {
    Tensor x = Pictures.x(40, 1);
    x.data()[7 * Pictures.SAMPLE.size() + 3] = Float.NEGATIVE_INFINITY;
    Trainer trainer = Trainer.of(model, Sgd.of(0.1), loss);
    assertThatThrownBy(() -> trainer.fit(ArrayDataset.of(x, Pictures.labels(40, 1)), Fit.epochs(1).batchSize(40)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageMatching("step 1: the loss is NaN; the batch itself holds -Infinity, in the input of its sample"
            + " \\d+; the weights are those from before the first step; check the data \\(sample 7 of the"
            + " data set is the first that holds such a value\\)");
  }

  @Test
  void aTargetThatIsNoNumber() {
    Trainer trainer = Trainer.of(line(1), Sgd.of(0.1), Loss.meanSquaredError());
    assertThat(fails(() -> trainer.step(Tensor.of(Shape.of(2, 1), 1, 2), Tensor.vector(1, Float.POSITIVE_INFINITY))))
        .hasMessage("step 1: the loss is Infinity; the batch itself holds Infinity, in the target of its sample 1;"
            + " the weights are those from before the first step; check the data");
  }

  /** The old weights lie where the gradients were, so nobody may take them for gradients. */
  @Test
  void aStepSpendsTheGradients() {
    Trainer trainer = Trainer.of(model, Sgd.of(0.01), loss);
    step(trainer, 1);
    assertThat(model.parameters()).allSatisfy(parameter -> assertThat(parameter.gradient()).isNull());
  }

  @Test
  void aRateFarTooHigh() {
    Map<String, float[]> before = values(model);
    Trainer trainer = Trainer.of(model, Sgd.of(1e30), loss);
    step(trainer, 1);
    NonFiniteException failure = fails(() -> step(trainer, 2));
    assertThat(failure).hasMessage("step 2: the loss is NaN; the first value that is no finite number is the output of"
        + " conv2d in layer 'conv2d_1'; the weights are those from before the first step, the last known to give a"
        + " finite loss; lower the learning rate (now 1.0E30) or clip the gradients");
    assertThat(failure.layer()).isEqualTo("conv2d_1");
    assertSame(before);
    assertThat(trainer.steps()).isZero();
  }

  @Test
  void theLastStepOfAnEpoch() {
    Map<String, float[]> before = values(model);
    Trainer trainer = Trainer.of(model, Sgd.of(1e30), loss);
    Fit fit = Fit.epochs(1).batchSize(BATCH).quietly();
    assertThat(fails(() -> trainer.fit(Pictures.generate(BATCH, 1), fit))).hasMessage("after step 1: the loss is NaN;"
        + " the first value that is no finite number is the output of conv2d in layer 'conv2d_1'; the weights are"
        + " those from before the first step, the last known to give a finite loss; lower the learning rate (now"
        + " 1.0E30) or clip the gradients");
    assertSame(before);
  }

  @Test
  void aRateThatJumps() {
    Trainer trainer = Trainer.of(model, Adam.of(Schedule.multiStep(0.01, 1e32, 3)), loss)
        .withClipping(Clipping.byGlobalNorm(5));
    step(trainer, 1);
    step(trainer, 2);
    step(trainer, 3);
    Map<String, float[]> before = values(model);
    step(trainer, 4);
    assertThat(fails(() -> step(trainer, 5))).hasMessage("step 5: the loss is NaN; the first value that is no finite"
        + " number is the output of conv2d in layer 'conv2d_1'; the weights are those of step 3, the last known to"
        + " give a finite loss; lower the learning rate (now 1.0E30) or clip the gradients more"
        + " (now Clipping.byGlobalNorm(5.0))");
    assertSame(before);
    assertThat(trainer.steps()).isEqualTo(3);
    assertThat(trainer.optimizerState().arrays()).as("averages that are as ruined as the weights were").isEmpty();
  }

  @Test
  void anUpdateThatOverflows() {
    Sequential line = line(2);
    Trainer trainer = Trainer.of(line, Sgd.of(3e38), Loss.meanSquaredError());
    NonFiniteException failure = fails(() -> trainer.step(Tensor.of(Shape.of(1, 1), 3), Tensor.vector(0)));
    assertThat(failure).hasMessage("step 1: the update made dense.weight -Infinity; the weights are those from"
        + " before the first step; lower the learning rate (now 3.0E38) or clip the gradients");
    assertThat(failure.layer()).isEqualTo("dense.weight");
    assertThat(line.parameter("dense.weight").get(0, 0)).isEqualTo(2);
    assertThat(line.parameter("dense.bias").get(0)).isZero();
    assertThat(trainer.steps()).isZero();
  }

  @Test
  void aGradientThatOverflows() {
    Sequential line = line(2.5e-3f);
    Trainer trainer = Trainer.of(line, Sgd.of(0.1), Loss.meanSquaredError());
    NonFiniteException failure = fails(() -> trainer.step(Tensor.of(Shape.of(1, 1), 4e20f), Tensor.vector(0)));
    assertThat(failure).hasMessage("step 1: a gradient is not finite; the first value that is no finite number is the"
        + " gradient through dense in layer 'dense'; the weights are those from before the first step; lower the"
        + " learning rate (now 0.1) or scale the model's input down");
    assertThat(failure.layer()).isEqualTo("dense");
    assertThat(line.parameter("dense.weight").get(0, 0)).isEqualTo(2.5e-3f);
  }

  @Test
  void aRunningStatisticThatOverflows() {
    Sequential normalized = Sequential.of(Shape.of(2), 1, Flatten.of(), BatchNormalization.of(), Dense.of(1));
    Map<String, float[]> before = values(normalized);
    Trainer trainer = Trainer.of(normalized, Sgd.of(0.1), Loss.meanSquaredError());
    Tensor x = Tensor.of(Shape.of(2, 2), 1e25f, 1, -1e25f, 1);
    assertThat(fails(() -> trainer.step(x, Tensor.vector(0, 0))).getMessage()).startsWith("step 1: ");
    assertSame(normalized, before);
  }

  @Test
  void aWeightThatWasNoNumberBefore() {
    Sequential line = line(Float.NaN);
    Trainer trainer = Trainer.of(line, Sgd.of(0.1), Loss.meanSquaredError());
    assertThat(fails(() -> trainer.step(Tensor.of(Shape.of(1, 1), 1), Tensor.vector(0)))).hasMessage("step 1: the loss"
        + " is NaN; the parameter dense.weight held NaN before the step; give it finite values");
  }

  /** y = weight * x. */
  private static Sequential line(float weight) {
    Sequential line = Sequential.of(Shape.of(1), 1, Dense.of(1));
    line.set("dense.weight", weight);
    return line;
  }

  private static StepResult step(Trainer trainer, long seed) {
    return trainer.step(Pictures.x(BATCH, seed), Pictures.y(BATCH, seed));
  }

  private static NonFiniteException fails(Runnable step) {
    return catchThrowableOfType(NonFiniteException.class, step::run);
  }

  private static Map<String, float[]> values(Model model) {
    Map<String, float[]> values = new TreeMap<>();
    for (Parameter parameter : model.parameters()) {
      values.put(parameter.name(), parameter.toArray());
    }
    return values;
  }

  private void assertSame(Map<String, float[]> before) {
    assertSame(model, before);
  }

  private static void assertSame(Model model, Map<String, float[]> before) {
    before.forEach((name, values) ->
        assertThat(model.parameter(name).toArray()).as(name).isEqualTo(values));
  }
}
