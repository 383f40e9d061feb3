package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Dataset;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Regularizer;
import dev.fovea.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several batches for one update: as if they were one large batch. */
class AccumulationTest {
  private static final Loss LOSS = Loss.sparseCategoricalCrossEntropy().fromLogits();

  private static Trainer trainer(Layer... more) {
    List<Layer> layers = new ArrayList<>(List.of(Conv2D.of(4, 3)));
    layers.addAll(List.of(more));
    layers.addAll(List.of(RELU, Flatten.of(), Dense.of(3)));
    Sequential model = Sequential.of(Pictures.SAMPLE, 3, layers.toArray(Layer[]::new));
    return Trainer.of(model, Sgd.of(0.1).withMomentum(0.9), LOSS);
  }

  private static List<float[]> values(Trainer trainer) {
    return trainer.model().parameters().stream().map(Parameter::toArray).toList();
  }

  private static List<float[]> fitted(Trainer trainer, Dataset data, Fit fit) {
    trainer.fit(data, fit.quietly());
    return values(trainer);
  }

  private static void assertNear(List<float[]> actual, List<float[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-5f));
    }
  }

  /** 44 samples: batches of 8, 8, 8 and 8, 8, 4 against batches of 24 and 20. */
  @Test
  void asOneLargeBatch() {
    Dataset data = Pictures.generate(44, 1);
    Trainer large = trainer();
    Trainer small = trainer();
    List<float[]> expected = fitted(large, data, Fit.epochs(2).batchSize(24).seed(5));
    assertNear(fitted(small, data, Fit.epochs(2).batchSize(8).seed(5).accumulating(3)), expected);
    assertThat(small.steps()).isEqualTo(large.steps()).isEqualTo(4);
  }

  /** What is left at an epoch's end is an update of its own: 40 samples, batches of 8, 8, 8 and 8, 8. */
  @Test
  void fewerBatchesAtTheEndOfAnEpoch() {
    Dataset data = Pictures.generate(40, 1);
    List<float[]> expected = fitted(trainer(), data, Fit.epochs(2).batchSize(24).seed(5));
    assertNear(fitted(trainer(), data, Fit.epochs(2).batchSize(8).seed(5).accumulating(3)), expected);
  }

  /** The penalty counts once, and the mean gradient is what is clipped. */
  @Test
  void withRegularizerAndClipping() {
    Dataset data = Pictures.generate(48, 1);
    Regularizer regularizer = Regularizer.l1l2(1e-3, 1e-2);
    Clipping clipping = Clipping.byGlobalNorm(0.5);
    List<float[]> expected = fitted(trainer().withRegularizer(regularizer).withClipping(clipping), data,
        Fit.epochs(2).batchSize(24).seed(5));
    assertNear(fitted(trainer().withRegularizer(regularizer).withClipping(clipping), data,
        Fit.epochs(2).batchSize(8).seed(5).accumulating(3)), expected);
  }

  @Test
  void ofOneBatchChangesNoBit() {
    Dataset data = Pictures.generate(20, 1);
    List<float[]> expected = fitted(trainer(Dropout.of(0.5)), data, Fit.epochs(2).batchSize(8));
    List<float[]> actual = fitted(trainer(Dropout.of(0.5)), data, Fit.epochs(2).batchSize(8).accumulating(1));
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    Dataset data = Pictures.generate(40, 1);
    Fit fit = Fit.epochs(1).batchSize(8).accumulating(2);
    int threads = Parallel.threads();
    try {
      Parallel.limit(1);
      List<float[]> alone = fitted(trainer(BatchNormalization.of(), Dropout.of(0.5)), data, fit);
      Parallel.limit(threads);
      assertThat(fitted(trainer(BatchNormalization.of(), Dropout.of(0.5)), data, fit)).usingRecursiveComparison()
          .isEqualTo(alone);
    } finally {
      Parallel.limit(threads);
    }
  }

  /** A result for each batch; the last of a step has the norm of the mean gradient. */
  @Test
  void results() {
    List<String> lines = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    trainer().fit(Pictures.generate(40, 1), Fit.epochs(1).batchSize(8).seed(5).accumulating(3).quietly()
        .callback(new Callback() {
          @Override
          public void afterBatch(Progress progress) {
            lines.add("batch " + progress.batch() + ": step " + progress.lastStep().step() + " of " + progress.step()
                + ", gathered " + progress.gathered());
            norms.add(progress.lastStep().gradientNorm());
          }
        }));
    assertThat(lines).containsExactly("batch 1: step 1 of 0, gathered 1", "batch 2: step 1 of 0, gathered 2",
        "batch 3: step 1 of 1, gathered 0", "batch 4: step 2 of 1, gathered 1", "batch 5: step 2 of 2, gathered 0");
    List<Double> large = new ArrayList<>();
    trainer().fit(Pictures.generate(40, 1), Fit.epochs(1).batchSize(24).seed(5).quietly().callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        large.add(progress.lastStep().gradientNorm());
      }
    }));
    assertThat(norms.get(2)).isCloseTo(large.get(0), within(1e-5));
    assertThat(norms.get(4)).isCloseTo(large.get(1), within(1e-5));
  }

  /** The same pictures, the same weights: what differs is what is dropped. */
  @Test
  void everyBatchDropsOtherValues() {
    float[] pixels = new float[24 * Pictures.SAMPLE.size()];
    Arrays.fill(pixels, 0.5f);
    Dataset same = ArrayDataset.of(Tensor.of(Pictures.SAMPLE.prepend(24), pixels), new int[24]);
    List<Double> losses = new ArrayList<>();
    trainer(Dropout.of(0.5)).fit(same, Fit.epochs(1).batchSize(8).accumulating(3).quietly().callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        losses.add(progress.lastStep().loss());
      }
    }));
    assertThat(losses).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void aStopWaitsForTheUpdate() {
    Trainer trainer = trainer();
    List<Integer> batches = new ArrayList<>();
    trainer.fit(Pictures.generate(80, 1), Fit.epochs(3).batchSize(8).accumulating(4).quietly().callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        batches.add(progress.batch());
        if (progress.batch() >= 5) {
          progress.stop();
        }
      }
    }));
    assertThat(batches).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(trainer.steps()).isEqualTo(2);
  }

  @Test
  void runningStatisticsGoByEveryBatch() {
    Trainer trainer = trainer(BatchNormalization.of());
    Parameter mean = trainer.model().parameter("batch_normalization.running_mean");
    List<float[]> means = new ArrayList<>(List.of(mean.toArray()));
    trainer.fit(Pictures.generate(24, 1), Fit.epochs(1).batchSize(8).accumulating(3).quietly().callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        assertThat(mean.toArray()).isNotEqualTo(means.get(means.size() - 1));
        means.add(mean.toArray());
      }
    }));
    assertThat(means).hasSize(4);
  }

  /** What was gathered before the failure is in no later step. */
  @Test
  void aBatchThatIsNoNumber() {
    Tensor x = Pictures.x(16, 1);
    x.data()[12 * Pictures.SAMPLE.size()] = Float.NaN;
    Trainer trainer = trainer();
    List<float[]> before = values(trainer);
    Fit fit = Fit.epochs(1).batchSize(1).seed(5).accumulating(16).quietly();
    NonFiniteException failure = fails(() -> trainer.fit(ArrayDataset.of(x, Pictures.labels(16, 1)), fit));
    assertThat(failure).hasMessage("step 1: the loss is NaN; the batch itself holds NaN, in the input of its sample 0;"
        + " the weights are those from before the first step; check the data (sample 12 of the data set is the first"
        + " that holds such a value)");
    assertThat(values(trainer)).usingRecursiveComparison().isEqualTo(before);
    Trainer fresh = trainer();
    assertThat(trainer.step(Pictures.x(8, 2), Pictures.y(8, 2))).isEqualTo(
        fresh.step(Pictures.x(8, 2), Pictures.y(8, 2)));
    assertThat(values(trainer)).usingRecursiveComparison().isEqualTo(values(fresh));
  }

  /** A variance that float32 cannot hold, before there is an update to take back. */
  @Test
  void statisticsThatAreNoNumbers() {
    Tensor x = Tensor.normal(Shape.of(4, 1, 8, 8), new RandomSource(1));
    for (int i = 0; i < x.shape().size(); i++) {
      x.data()[i] *= 1e25f;
    }
    Sequential model = Sequential.of(Pictures.SAMPLE, 3, BatchNormalization.of(), Flatten.of(), Dense.of(3));
    Trainer trainer = Trainer.of(model, Sgd.of(0.1), LOSS);
    List<float[]> before = values(trainer);
    NonFiniteException failure = fails(() -> trainer.fit(ArrayDataset.of(x, new int[4]),
        Fit.epochs(1).batchSize(2).accumulating(2).quietly()));
    assertThat(failure).hasMessage("step 1: the batch would have made batch_normalization.running_variance Infinity;"
        + " the weights are those from before the first step; scale the model's input down");
    assertThat(values(trainer)).usingRecursiveComparison().isEqualTo(before);
  }

  private static NonFiniteException fails(Runnable code) {
    return catchThrowableOfType(NonFiniteException.class, code::run);
  }
}
