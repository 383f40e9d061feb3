package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.core.ops.Ops;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.data.Batch;
import dev.fovea.data.Dataset;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Layer;
import dev.fovea.layers.Pass;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.OptimizerState;
import dev.fovea.optim.Sgd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that count differently. */
class WeightedTrainingTest {
  private static final int SAMPLES = 12;
  private static final Loss LABELS = Loss.sparseCategoricalCrossEntropy().fromLogits();
  private static final Dataset DATA = Pictures.generate(SAMPLES, 1);

  @TempDir
  private Path dir;

  private static Sequential model(Layer... before) {
    List<Layer> layers = new ArrayList<>(List.of(Conv2D.of(4, 3)));
    layers.addAll(List.of(before));
    layers.addAll(List.of(RELU, Flatten.of(), Dense.of(3)));
    return Sequential.of(Pictures.SAMPLE, 3, layers.toArray(Layer[]::new));
  }

  private static Trainer trainer(Loss loss) {
    return Trainer.of(model(), Sgd.of(0.1).withMomentum(0.9), loss);
  }

  private static List<float[]> values(Trainer trainer) {
    return trainer.model().parameters().stream().map(Parameter::toArray).toList();
  }

  /** Two steps, each on all samples: the order makes no difference then. */
  private static List<float[]> fitted(Loss loss, Dataset data) {
    Trainer trainer = trainer(loss);
    trainer.fit(data, Fit.epochs(2).batchSize(data.size()).quietly());
    return values(trainer);
  }

  private static void assertNear(List<float[]> actual, List<float[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).containsExactly(expected.get(i), within(1e-5f));
    }
  }

  private static Dataset asLossTakesIt(Loss loss, Dataset data) {
    return loss.targets() == Targets.LABELS ? data : data.oneHot();
  }

  private static List<Loss> losses() {
    return List.of(LABELS, Loss.categoricalCrossEntropy().fromLogits().withLabelSmoothing(0.1),
        Loss.binaryCrossEntropy().fromLogits(), Loss.meanSquaredError());
  }

  /** As many samples after as before, so that both sums are divided by the same number. */
  @Test
  void aWeightOfTwoIsLikeHavingTheSampleTwice() {
    Dataset weighted = DATA.withWeights(2, 0, 1, 1, 1, 1, 0, 3, 1, 1, 0, 1);
    Dataset repeated = DATA.subset(0, 0, 2, 3, 4, 5, 7, 7, 7, 8, 9, 11);
    for (Loss loss : losses()) {
      List<float[]> expected = fitted(loss, asLossTakesIt(loss, repeated));
      List<float[]> actual = fitted(loss, asLossTakesIt(loss, weighted));
      assertNear(actual, expected);
      assertThat(actual.get(0)).isNotEqualTo(fitted(loss, asLossTakesIt(loss, DATA)).get(0));
    }
  }

  /** The sum is divided by the number of all samples: the others' weights make up for that. */
  @Test
  void aWeightOfZeroLeavesTheSampleOut() {
    Dataset weighted = DATA.withWeights(1.5f, 1.5f, 1.5f, 1.5f, 0, 0, 0, 0, 1.5f, 1.5f, 1.5f, 1.5f);
    Dataset rest = DATA.subset(0, 1, 2, 3, 8, 9, 10, 11);
    for (Loss loss : losses()) {
      assertNear(fitted(loss, asLossTakesIt(loss, weighted)), fitted(loss, asLossTakesIt(loss, rest)));
    }
  }

  @Test
  void weightsOfSamplesAndOfClassesMultiply() {
    double[] ofClasses = {1, 2, 0.5};
    float[] ofSamples = {2, 0, 1, 1, 1, 1, 0, 3, 1, 1, 0, 1};
    float[] both = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      both[i] = (float) (ofSamples[i] * ofClasses[DATA.label(i)]);
    }
    assertNear(fitted(Loss.sparseCategoricalCrossEntropy().fromLogits().withClassWeights(ofClasses),
        DATA.withWeights(ofSamples)), fitted(LABELS, DATA.withWeights(both)));
  }

  @Test
  void weightsOfOneChangeNoBit() {
    float[] ones = new float[SAMPLES];
    Arrays.fill(ones, 1);
    for (Loss loss : losses()) {
      assertThat(fitted(loss, asLossTakesIt(loss, DATA.withWeights(ones)))).usingRecursiveComparison()
          .isEqualTo(fitted(loss, asLossTakesIt(loss, DATA)));
    }
  }

  /** Planned, in either memory format, as by the tape; one plan serves batches of different weights. */
  @Test
  void plannedAsEagerly() {
    Tensor x = Pictures.x(SAMPLES, 1);
    Tensor y = Pictures.y(SAMPLES, 1);
    List<Tensor> weights = List.of(
        Tensor.of(Shape.of(SAMPLES), 2, 0.5f, 0, 1, 1, 1, 0, 1.75f, 1, 1, 0.125f, 1),
        Tensor.of(Shape.of(SAMPLES), 0, 1, 0.75f, 1, 2, 1, 3, 1, 0, 1, 0.25f, 1));
    Sequential eager = model(BatchNormalization.of());
    OptimizerState optimizer = OptimizerState.of(Sgd.of(0.1), eager.parameters());
    List<Double> losses = new ArrayList<>();
    for (Tensor each : weights) {
      Tensor loss = Ops.crossEntropyFromLogits(eager.forward(x, Pass.training(new RandomSource(0))), y, each, 0);
      eager.parameters().forEach(Parameter::zeroGrad);
      loss.backward();
      optimizer.step();
      losses.add((double) loss.item());
    }
    for (PlanSettings settings : List.of(PlanSettings.standard(), PlanSettings.plain())) {
      Sequential model = model(BatchNormalization.of());
      Trainer trainer = Trainer.of(model, Sgd.of(0.1), LABELS).withPlans(settings);
      for (int step = 0; step < weights.size(); step++) {
        assertThat(trainer.step(new Batch(x, y, weights.get(step)), 0).loss())
            .isCloseTo(losses.get(step), within(1e-5));
      }
      for (String name : List.of("conv2d.weight", "dense.weight")) {
        assertThat(model.parameter(name).toArray()).containsExactly(eager.parameter(name).toArray(), within(1e-5f));
      }
    }
  }

  @Test
  void severalBatchesForAnUpdateAsOne() {
    Dataset weighted = DATA.withWeights(2, 0, 1, 1, 1, 1, 0, 3, 1, 1, 0, 1);
    Trainer trainer = trainer(LABELS);
    trainer.fit(weighted, Fit.epochs(2).batchSize(5).accumulating(3).quietly());
    assertNear(values(trainer), fitted(LABELS, weighted));
  }

  /** The loss is weighted, what counts samples is not. */
  @Test
  void evaluation() {
    Trainer trainer = trainer(LABELS);
    Evaluation plain = trainer.evaluate(DATA, 5);
    float[] weights = new float[SAMPLES];
    double expected = 0;
    for (int i = 0; i < SAMPLES; i++) {
      weights[i] = i % 4;
      expected += weights[i] * trainer.evaluate(DATA.subset(i)).loss() / SAMPLES;
    }
    Evaluation weighted = trainer.evaluate(DATA.withWeights(weights), 5);
    assertThat(weighted.loss()).isCloseTo(expected, within(1e-5)).isNotCloseTo(plain.loss(), within(1e-3));
    assertThat(weighted.accuracy()).isEqualTo(plain.accuracy());
    assertThat(weighted.samples()).isEqualTo(SAMPLES);
    assertThat(weighted.logLoss()).isEqualTo(plain.logLoss());
    assertThat(weighted.confusion().orElseThrow()).hasToString(plain.confusion().orElseThrow().toString());
    History history =
        trainer.fit(DATA, Fit.epochs(1).validation(DATA.withWeights(new float[SAMPLES])).quietly());
    assertThat(history.last().validationLoss()).isZero();
  }

  @Test
  void theRangeTestGoesByThem() {
    LearningRateRangeTest.Result result = LearningRateRangeTest.of(1e-3, 1).withSteps(4)
        .run(trainer(LABELS), DATA.withWeights(new float[SAMPLES]), 5, 7L);
    assertThat(result.points()).hasSize(4).allSatisfy(point -> assertThat(point.loss()).isZero());
  }

  @Test
  void goesOnBitForBitWithTheSameWeightsAlone() throws IOException {
    float[] weights = new float[SmallRun.DATA.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3;
    }
    Dataset weighted = SmallRun.DATA.withWeights(weights);
    Trainer whole = SmallRun.trainer();
    Path file = dir.resolve("after step 7.zip");
    List<String> expected = SmallRun.bits(whole, whole.fit(weighted, SmallRun.fit().callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        if (progress.step() == 7) {
          try {
            progress.save(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    })));
    Fit resuming = SmallRun.fit().resuming(file);
    Trainer trainer = SmallRun.trainer();
    assertThat(SmallRun.bits(trainer, trainer.fit(weighted, resuming))).isEqualTo(expected);

    String start = file + ": expected the training that the checkpoint was written by, got ";
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA, resuming))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(start + "no training data weights, which was with the checksum 0bcb1467");
    weights[22] = 5;
    assertThatThrownBy(() -> SmallRun.trainer().fit(SmallRun.DATA.withWeights(weights), resuming))
        .isInstanceOf(IllegalArgumentException.class).hasMessage(start + "training data weights with the checksum"
            + " 5ef55c68 instead of with the checksum 0bcb1467");
  }
}
