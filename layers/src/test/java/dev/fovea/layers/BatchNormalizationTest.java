package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Golden;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchNormalizationTest {
  private static Sequential model(Layer layer) {
    return Sequential.of(Shape.of(1, 1, 2), 1L, layer);
  }

  /** Mean 4 and biased variance 5; the unbiased one is 20 / 3. */
  private static Tensor batch() {
    return Tensor.of(Shape.of(2, 1, 1, 2), 1, 3, 5, 7);
  }

  private static Pass train(Sequential model) {
    Pass pass = Pass.training(new RandomSource(1));
    model.forward(batch(), pass);
    return pass;
  }

  @Test
  void contract() {
    LayerContract.of(BatchNormalization.of(), 2, 3, 2).holds("BatchNormalization.of()", "[2, 3, 2]",
        "weight [2]", "bias [2]", "(running_mean [2])", "(running_variance [2])");
    LayerContract.of(BatchNormalization.of().withMomentum(0.9).withEpsilon(0.01).withUnbiasedVariance(), 4)
        .holds("BatchNormalization.of().withMomentum(0.9).withEpsilon(0.01).withUnbiasedVariance()", "[4]",
            "weight [4]", "bias [4]", "(running_mean [4])", "(running_variance [4])");
  }

  @Test
  void trainsByTheBatchAndInfersByRunningStatistics() {
    Sequential model = model(BatchNormalization.of());
    model.set("batch_normalization.weight", 2);
    model.set("batch_normalization.bias", 1);
    float deviation = (float) Math.sqrt(5.001);
    assertThat(model.forward(batch(), Pass.training(new RandomSource(1))).toArray()).containsExactly(
        new float[] {1 - 6 / deviation, 1 - 2 / deviation, 1 + 2 / deviation, 1 + 6 / deviation}, within(1e-5f));
    model.set("batch_normalization.running_mean", 3);
    model.set("batch_normalization.running_variance", 4 - 1e-3f);
    assertThat(model.predict(batch()).toArray()).containsExactly(new float[] {-1, 1, 3, 5}, within(1e-5f));
  }

  @Test
  void proposesAsKerasAndCommitsWhenTold() {
    Sequential model = model(BatchNormalization.of());
    Pass pass = train(model);
    assertThat(model.parameter("batch_normalization.running_mean").toArray()).containsExactly(0);
    pass.commit();
    assertThat(model.parameter("batch_normalization.running_mean").toArray())
        .containsExactly(new float[] {0.04f}, within(1e-6f));
    assertThat(model.parameter("batch_normalization.running_variance").toArray())
        .containsExactly(new float[] {0.99f + 0.01f * 5}, within(1e-6f));
  }

  @Test
  void proposesTheUnbiasedVarianceWhereAsked() {
    Sequential model = model(BatchNormalization.of().withMomentum(0.9).withUnbiasedVariance());
    train(model).commit();
    assertThat(model.parameter("batch_normalization.running_variance").toArray())
        .containsExactly(new float[] {0.9f + 0.1f * 20 / 3}, within(1e-6f));
    Sequential single = Sequential.of(Shape.of(1), 1L, BatchNormalization.of().withUnbiasedVariance());
    Pass pass = Pass.training(new RandomSource(1));
    single.forward(Tensor.of(Shape.of(1, 1), 3), pass);
    pass.commit();
    assertThat(single.parameter("batch_normalization.running_variance").toArray()).containsExactly(0.99f);
  }

  /** PyTorch's running statistics over several batches. */
  @Test
  void followsPyTorchOverSeveralBatches() {
    JsonNode golden = Golden.read("batchnorm2d_running_stats").root();
    JsonNode batches = golden.get("batches");
    Shape first = Golden.tensor(batches.get(0)).shape();
    Sequential model = Sequential.of(first.dropFirst(), 1L,
        BatchNormalization.of().withMomentum(0.9).withEpsilon(1e-5).withUnbiasedVariance());
    for (JsonNode batch : batches) {
      Pass pass = Pass.training(new RandomSource(1));
      model.forward(Golden.tensor(batch), pass);
      pass.commit();
    }
    Golden.near("running mean", model.parameter("batch_normalization.running_mean").toArray(),
        Golden.doubles(golden.get("running_mean").path("data")), Golden.TOLERANCE);
    Golden.near("running variance", model.parameter("batch_normalization.running_variance").toArray(),
        Golden.doubles(golden.get("running_var").path("data")), Golden.TOLERANCE);
  }

  @Test
  void aFrozenLayerGoesByItsRunningStatisticsInTrainingToo() {
    Sequential model = model(BatchNormalization.of());
    model.freeze("batch_normalization");
    Pass pass = Pass.training(new RandomSource(1));
    Tensor y = model.forward(batch(), pass);
    assertThat(y.toArray()).isEqualTo(model.predict(batch()).toArray());
    assertThat(pass.updates()).isEmpty();
  }

  @Test
  void aPlanSeesStatisticsThatChangedSince() {
    Sequential model = model(BatchNormalization.of());
    float[] before = model.predict(batch()).toArray();
    train(model).commit();
    float[] after = model.predict(batch()).toArray();
    assertThat(after).isNotEqualTo(before).isEqualTo(model.forward(batch(), Pass.inference()).toArray());
  }

  @Test
  void proposalsAreRecordedAndLabelled() {
    Sequential model = model(BatchNormalization.of());
    Pass pass = Pass.training(new RandomSource(1));
    model.forward(Tensor.symbolic(Shape.of(2, 1, 1, 2)), pass);
    assertThat(pass.updates()).hasSize(2).allSatisfy(update -> {
      assertThat(update.value().hasData()).isFalse();
      assertThat(update.value().label()).isEqualTo("batch_normalization");
      assertThat(update.value().inputs()[1].label()).isEqualTo("batch_normalization");
    });
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> BatchNormalization.of().withMomentum(1.5)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch_normalization: momentum must be from 0 to 1, got 1.5");
    assertThatThrownBy(() -> BatchNormalization.of().withEpsilon(0))
        .hasMessage("batch_normalization: epsilon must be above 0 and finite, got 0.0");
    assertThatThrownBy(() -> BatchNormalization.of().parameters(Shape.scalar())).isInstanceOf(ShapeException.class)
        .hasMessage("batch_normalization: expected samples [C, ...], got []");
  }
}
