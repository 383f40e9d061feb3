package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.Tensor;
import dev.fovea.core.kernels.conv.choice.ConvChoice;
import dev.fovea.core.plan.PlanSettings;
import dev.fovea.data.ArrayDataset;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Dropout;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Clipping;
import dev.fovea.optim.Schedule;
import dev.fovea.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Dataset TRAIN = Pictures.generate(150, 1);
  private static final Dataset TEST = Pictures.generate(70, 2);

  @Test
  void showsAndTakesHowItPlans() {
    Trainer trainer = trainer(convnet(1));
    assertThat(trainer.plan(5).toString()).contains("conv2d").contains("[5, ").contains(" first by ")
        .contains("operations, ");
    Trainer plain = trainer.withPlans(PlanSettings.plain());
    assertThat(plain.plan(5).toString()).contains("conv2d").doesNotContain("blocked").doesNotContain("reformat");
    Trainer direct = trainer.withPlans(new PlanSettings(ConvChoice.DIRECT, true));
    assertThat(direct.plan(5).toString()).contains("blocked").contains("direct").doesNotContain("winograd");
    assertThat(direct.withClipping(Clipping.byGlobalNorm(1)).plan(5).toString()).doesNotContain("winograd");
    assertThatThrownBy(() -> trainer.plan(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape: axis 0 must be at least 1, got 0 in [0, 1, 8, 8]");
  }

  @Test
  void learns() {
    Trainer trainer = trainer(convnet(1));
    History history = trainer.fit(TRAIN, Fit.epochs(6).batchSize(16).seed(7L).validation(TEST).quietly());
    assertThat(history.epochs()).hasSize(6);
    assertThat(history.last().loss()).isLessThan(history.epochs().get(0).loss());
    assertThat(history.last().accuracy()).isGreaterThan(0.9);
    assertThat(history.last().rate()).isEqualTo(0.01);
    Evaluation evaluation = trainer.evaluate(TEST);
    assertThat(evaluation.accuracy()).isGreaterThan(0.9).isEqualTo(history.last().validationAccuracy());
    assertThat(evaluation.loss()).isCloseTo(history.last().validationLoss(), within(1e-6));
    assertThat(evaluation.confusion().orElseThrow().total()).isEqualTo(70);
    assertThat(evaluation.confusion().orElseThrow().accuracy()).isEqualTo(evaluation.accuracy());
    assertThat(evaluation.confusion().orElseThrow().classNames()).isEqualTo(Pictures.NAMES);
    assertThat(trainer.steps()).isEqualTo(60);
    assertThat(trainer.epochs()).isEqualTo(6);
  }

  @Test
  void theLossOfAnEpochIsTheMeanOverItsSamples() {
    Trainer trainer = Trainer.of(convnet(1), Sgd.of(0), loss());
    History history = trainer.fit(TRAIN, Fit.epochs(1).batchSize(64).quietly());
    Sequential same = convnet(1);
    double expected = Trainer.of(same, Sgd.of(0), loss()).evaluate(TRAIN, 7).loss();
    assertThat(history.last().loss()).as("150 = 64 + 64 + 22").isCloseTo(expected, within(1e-6));
    assertThat(history.last().accuracy())
        .isCloseTo(Trainer.of(same, Sgd.of(0), loss()).evaluate(TRAIN, 7).accuracy(), within(1e-12));
  }

  @Test
  void twiceOneEpochIsTwo() {
    Sequential once = randomNet();
    trainer(once).fit(TRAIN, Fit.epochs(2).batchSize(16).seed(7L).quietly());
    Sequential twice = randomNet();
    Trainer trainer = trainer(twice);
    Fit fit = Fit.epochs(1).batchSize(16).seed(7L).quietly();
    assertThat(trainer.fit(TRAIN, fit).last().number()).isEqualTo(1);
    assertThat(trainer.fit(TRAIN, fit).last().number()).isEqualTo(2);
    assertSameBits(once, twice);
    Sequential other = randomNet();
    trainer(other).fit(TRAIN, Fit.epochs(2).batchSize(16).seed(8L).quietly());
    assertThat(other.parameter("dense.weight").toArray()).isNotEqualTo(once.parameter("dense.weight").toArray());
  }

  @Test
  void whatIsRandomFollowsFromSeedAndStepAlone() {
    Tensor x = Pictures.x(16, 1);
    Tensor y = Pictures.y(16, 1);
    double loss = trainer(randomNet()).step(x, y, 1).loss();
    assertThat(trainer(randomNet()).step(x, y, 1).loss()).isEqualTo(loss);
    assertThat(trainer(randomNet()).step(x, y, 2).loss()).as("another dropout").isNotEqualTo(loss);
    Trainer disturbed = trainer(randomNet());
    Tensor bad = Pictures.x(16, 1);
    bad.data()[0] = Float.NaN;
    assertThatThrownBy(() -> disturbed.step(bad, y, 1)).isInstanceOf(NonFiniteException.class);
    assertThat(disturbed.step(x, y, 1).loss()).as("a failure in between draws, and leaves no trace").isEqualTo(loss);
  }

  @Test
  void aStepIsWhatFitTakes() {
    Sequential fitted = randomNet();
    trainer(fitted).fit(TRAIN.take(16), Fit.epochs(1).batchSize(16).seed(5L).quietly());
    Sequential stepped = randomNet();
    try (BatchIterator epoch = Batches.of(TRAIN.take(16), 16).shuffled(5L).epoch(0)) {
      Batch batch = epoch.next();
      StepResult result = trainer(stepped).step(batch.x(), batch.y(), 5L);
      assertThat(result.step()).isEqualTo(1);
      assertThat(result.rate()).isEqualTo(0.01);
      assertThat(result.accuracy()).isBetween(0.0, 1.0);
    }
    assertSameBits(fitted, stepped);
  }

  @Test
  void clips() {
    Sequential model = convnet(1);
    float[] before = model.parameter("dense.weight").toArray();
    Trainer trainer = Trainer.of(model, Sgd.of(1), loss()).withClipping(Clipping.byGlobalNorm(1e-3));
    StepResult result = trainer.step(Pictures.x(8, 1), Pictures.y(8, 1));
    assertThat(result.gradientNorm()).isGreaterThan(1e-2);
    float[] after = model.parameter("dense.weight").toArray();
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isCloseTo(before[i], within(1.1e-3f));
    }
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void frozenParametersStayAndThawedOnesMove() {
    Sequential model = convnet(1);
    Trainer trainer = trainer(model);
    model.freeze("conv2d");
    float[] frozen = model.parameter("conv2d.weight").toArray();
    float[] head = model.parameter("dense.weight").toArray();
    trainer.step(Pictures.x(8, 1), Pictures.y(8, 1));
    assertThat(model.parameter("conv2d.weight").toArray()).isEqualTo(frozen);
    assertThat(model.parameter("dense.weight").toArray()).isNotEqualTo(head);
    model.unfreeze("conv2d");
    trainer.step(Pictures.x(8, 1), Pictures.y(8, 1));
    assertThat(model.parameter("conv2d.weight").toArray()).isNotEqualTo(frozen);
  }

  @Test
  void predicts() {
    Sequential model = convnet(1);
    Trainer trainer = trainer(model);
    Tensor all = trainer.predict(TEST);
    assertThat(all.shape()).isEqualTo(Shape.of(70, 3));
    Tensor batch = trainer.predict(Pictures.x(70, 2));
    assertThat(batch.toArray()).isEqualTo(all.toArray());
    assertThat(batch.toArray()).isEqualTo(model.predict(Pictures.x(70, 2)).toArray());
    Tensor one = trainer.predict(TEST.sample(69));
    assertThat(one.shape()).isEqualTo(Shape.of(3));
    for (int k = 0; k < 3; k++) {
      assertThat(one.get(k)).isCloseTo(all.get(69, k), within(1e-6f));
    }
  }

  @Test
  void theLastShortBatchCounts() {
    Trainer trainer = trainer(convnet(1));
    Evaluation whole = trainer.evaluate(TEST, 70);
    Evaluation cut = trainer.evaluate(TEST, 32);
    assertThat(cut.samples()).isEqualTo(70);
    assertThat(cut.loss()).isCloseTo(whole.loss(), within(1e-6));
    assertThat(cut.accuracy()).isEqualTo(whole.accuracy());
    assertThat(cut.topAccuracy(3)).isEqualTo(1);
  }

  @Test
  void droppingTheLastBatch() {
    Trainer trainer = trainer(convnet(1));
    trainer.fit(TRAIN, Fit.epochs(1).batchSize(64).droppingLast().quietly());
    assertThat(trainer.steps()).isEqualTo(2);
    trainer.fit(TRAIN, Fit.epochs(1).batchSize(64).quietly());
    assertThat(trainer.steps()).isEqualTo(5);
  }

  @Test
  void theRateFollowsTheSchedule() {
    Trainer trainer = Trainer.of(convnet(1), Sgd.of(Schedule.exponential(0.5, 0.5)), loss());
    History history = trainer.fit(TRAIN, Fit.epochs(2).batchSize(75).quietly());
    assertThat(history.epochs()).extracting(History.Epoch::rate).containsExactly(0.25, 0.0625);
  }

  @Test
  void refuses() {
    Trainer trainer = trainer(convnet(1));
    Fit fit = Fit.epochs(1).quietly();
    Dataset four = ArrayDataset.of(Pictures.x(4, 1), new int[] {0, 1, 2, 3}, List.of("a", "b", "c", "d"));
    assertThatThrownBy(() -> trainer.fit(four, fit)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training data: expected at most 3 classes, as many as the model tells apart, got 4; let the last"
            + " layer have 4 outputs");
    assertThatThrownBy(() -> trainer.fit(TRAIN, fit.validation(four))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("validation data: expected at most 3 classes, as many as the model tells apart, got 4; let the last"
            + " layer have 4 outputs");
    assertThat(trainer.steps()).isZero();
    Trainer yesOrNo = Trainer.of(Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(1)), Sgd.of(0.1),
        Loss.binaryCrossEntropy().fromLogits());
    assertThatThrownBy(() -> yesOrNo.fit(TRAIN, fit)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training data: expected at most 2 classes, as many as the model tells apart, got 3; let the last"
            + " layer have 3 outputs and take a categorical cross-entropy");
    Dataset values = ArrayDataset.of(Pictures.x(4, 1), Tensor.zeros(Shape.of(4, 2)));
    assertThatThrownBy(() -> trainer.evaluate(values)).isInstanceOf(ShapeException.class)
        .hasMessage("evaluation data: sparseCategoricalCrossEntropy: expected one label a sample, [], got targets of"
            + " shape [2]");
    Dataset large = ArrayDataset.of(Tensor.zeros(Shape.of(2, 1, 12, 8)), 0, 1);
    assertThatThrownBy(() -> trainer.fit(large, fit)).isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("training data: ").hasMessageContaining("dense expects");
    assertThatThrownBy(() -> trainer.step(Pictures.x(4, 1), Pictures.y(5, 1))).isInstanceOf(ShapeException.class)
        .hasMessage("step: expected as many targets as samples, batch axis in front, got samples [4, 1, 8, 8] and"
            + " targets [5]");
    assertThatThrownBy(() -> trainer.step(Pictures.x(2, 1), Tensor.vector(0, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cross_entropy_from_logits: label of sample 1 is 3, expected 0 .. 2");
    assertThatThrownBy(() -> trainer.fit(TRAIN.take(5), fit.batchSize(8).droppingLast()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("batches: dropping the last batch of 5 samples leaves none at batch size 8");
  }

  @Test
  void refusesToTrainNothing() {
    Sequential model = Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(3));
    Trainer trainer = Trainer.of(model, Sgd.of(0.1), Loss.sparseCategoricalCrossEntropy().fromLogits());
    model.freeze("dense");
    assertThatThrownBy(() -> trainer.step(Pictures.x(2, 1), Pictures.y(2, 1))).isInstanceOf(IllegalStateException.class)
        .hasMessage("step: expected at least one parameter to train, all of the model's are frozen");
    Trainer none = Trainer.of(Sequential.of(Shape.of(3), 1, SOFTMAX), Sgd.of(0.1), loss());
    assertThatThrownBy(() -> none.step(Tensor.zeros(Shape.of(2, 3)), Tensor.vector(0, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step: expected at least one parameter to train, the model has none");
  }

  @Test
  void refusesWhatIsNull() {
    Sequential model = convnet(1);
    assertThatThrownBy(() -> Trainer.of(null, Sgd.of(0.1), loss())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trainer: expected a model, got null");
    assertThatThrownBy(() -> Trainer.of(model, null, loss())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trainer: expected an optimizer, got null");
    assertThatThrownBy(() -> Trainer.of(model, Sgd.of(0.1), null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trainer: expected a loss, got null");
    assertThatThrownBy(() -> trainer(model).fit(null, Fit.epochs(1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training data: expected a data set, got null");
    assertThatThrownBy(() -> trainer(model).fit(new Empty(), null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected settings such as Fit.epochs(5), got null");
  }

  @Test
  void refusesDataWithoutSamples() {
    Trainer trainer = trainer(convnet(1));
    assertThatThrownBy(() -> trainer.fit(new Empty(), Fit.epochs(1))).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training data: expected at least one sample, got 0");
    assertThatThrownBy(() -> trainer.evaluate(new Empty())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("evaluation data: expected at least one sample, got 0");
    assertThatThrownBy(() -> trainer.predict(new Empty())).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("prediction data: expected at least one sample, got 0");
  }

  /** A data set of a user's own that found nothing. */
  private static final class Empty implements Dataset {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public Shape sampleShape() {
      return Pictures.SAMPLE;
    }

    @Override
    public Shape targetShape() {
      return Shape.scalar();
    }

    @Override
    public void read(int index, float[] x, int xOffset, float[] y, int yOffset) {
      throw new IndexOutOfBoundsException("no sample " + index);
    }
  }

  private static Loss loss() {
    return Loss.sparseCategoricalCrossEntropy();
  }

  private static Trainer trainer(Sequential model) {
    return Trainer.of(model, Adam.of(0.01), loss());
  }

  private static Sequential convnet(long seed) {
    return Sequential.of(Pictures.SAMPLE, seed, Conv2D.of(6, 3).withActivation(RELU), MaxPooling2D.of(2), Flatten.of(),
        Dense.of(3).withActivation(SOFTMAX));
  }

  private static Sequential randomNet() {
    return Sequential.of(Pictures.SAMPLE, 1, Conv2D.of(4, 3), BatchNormalization.of(), RELU, Flatten.of(),
        Dropout.of(0.3), Dense.of(3).withActivation(SOFTMAX));
  }

  private static void assertSameBits(Sequential a, Sequential b) {
    for (Parameter parameter : a.parameters()) {
      assertThat(b.parameter(parameter.name()).toArray()).as(parameter.name()).isEqualTo(parameter.toArray());
    }
  }
}
