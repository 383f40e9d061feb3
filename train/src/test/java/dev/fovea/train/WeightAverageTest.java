package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.Parameter;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.Dataset;
import dev.fovea.layers.BatchNormalization;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import dev.fovea.optim.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightAverageTest {
  private static final Dataset DATA = Pictures.generate(40, 1);
  private static final Fit FIT = Fit.epochs(2).batchSize(8).seed(3).quietly();

  private static Sequential model() {
    return Sequential.of(Pictures.SAMPLE, 3, Conv2D.of(4, 3), BatchNormalization.of(), RELU, Flatten.of(),
        Dense.of(3));
  }

  private static Trainer trainer(double decay) {
    return Trainer.of(model(), Adam.of(0.01), Loss.sparseCategoricalCrossEntropy().fromLogits())
        .withAverage(decay);
  }

  private static WeightAverage average(Trainer trainer) {
    return trainer.average().orElseThrow();
  }

  private static Map<String, float[]> values(Trainer trainer) {
    Map<String, float[]> values = new LinkedHashMap<>();
    trainer.model().parameters().forEach(parameter -> values.put(parameter.name(), parameter.toArray()));
    return values;
  }

  private static Map<String, float[]> copy(Map<String, float[]> arrays) {
    Map<String, float[]> copy = new LinkedHashMap<>();
    arrays.forEach((name, values) -> copy.put(name, values.clone()));
    return copy;
  }

  private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
  }

  private static StepResult step(Trainer trainer, long seed) {
    return trainer.step(Pictures.x(8, seed), Pictures.y(8, seed));
  }

  /** Every parameter, running statistics among them, against the formula in double precision. */
  @Test
  void value() {
    Trainer trainer = trainer(0.75);
    Map<String, double[]> expected = new LinkedHashMap<>();
    assertThat(average(trainer).arrays()).as("before the first step").isEmpty();
    for (int step = 1; step <= 6; step++) {
      step(trainer, step);
      for (Parameter parameter : trainer.model().parameters()) {
        double[] mean = expected.computeIfAbsent(parameter.name(), name -> new double[parameter.shape().size()]);
        for (int i = 0; i < mean.length; i++) {
          mean[i] = step == 1 ? parameter.data()[i] : 0.75 * mean[i] + 0.25 * parameter.data()[i];
        }
      }
    }
    Map<String, float[]> arrays = average(trainer).arrays();
    assertThat(arrays.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, mean) -> {
      for (int i = 0; i < mean.length; i++) {
        assertThat((double) arrays.get(name)[i]).as("%s, element %d", name, i).isCloseTo(mean[i], within(1e-5));
      }
    });
    assertThat(average(trainer).decay()).isEqualTo(0.75);
    assertThat(Trainer.of(model(), Adam.of(1), trainer.loss()).average()).isEmpty();
  }

  @Test
  void trainingDoesNotGoByIt() {
    Trainer averaging = trainer(0.9);
    Trainer plain = Trainer.of(model(), Adam.of(0.01), averaging.loss());
    averaging.fit(DATA, FIT.validation(DATA));
    plain.fit(DATA, FIT.validation(DATA));
    assertSame(values(averaging), values(plain));
  }

  @Test
  void evaluatesAndPredictsByIt() {
    Trainer trainer = trainer(0.9);
    History history = trainer.fit(DATA, FIT.validation(DATA));
    Trainer other = Trainer.of(model(), Adam.of(0.01), trainer.loss());
    average(trainer).arrays().forEach((name, values) -> other.model().set(name, values));
    assertThat(trainer.evaluate(DATA).loss()).isEqualTo(other.evaluate(DATA).loss());
    assertThat(history.last().validationLoss()).isEqualTo(other.evaluate(DATA, FIT.batchSize()).loss());
    assertThat(trainer.predict(DATA).toArray()).isEqualTo(other.predict(DATA).toArray());
    assertThat(trainer.predict(DATA.sample(3)).toArray()).isEqualTo(other.predict(DATA.sample(3)).toArray());
    assertThat(trainer.predict(DATA).toArray()).isNotEqualTo(trainer.model().predict(Pictures.x(40, 1)).toArray());
  }

  @Test
  void duringAWhile(@TempDir Path directory) throws IOException {
    Trainer trainer = trainer(0.9);
    WeightAverage average = average(trainer);
    Map<String, float[]> untrained = values(trainer);
    average.during(() -> assertSame(values(trainer), untrained));
    trainer.fit(DATA, FIT);
    Map<String, float[]> trained = values(trainer);
    Map<String, float[]> averaged = copy(average.arrays());
    average.during(() -> trainer.model().save(directory.resolve("averaged.json")));
    assertSame(values(trainer), trained);
    Sequential saved = Sequential.load(directory.resolve("averaged.json"));
    averaged.forEach((name, values) -> assertThat(saved.parameter(name).toArray()).isEqualTo(values));
    average.during(() -> average.during(() -> assertSame(values(trainer), averaged)));
    assertThatThrownBy(() -> average.during(() -> {
      assertSame(values(trainer), averaged);
      throw new IOException("full");
    })).isInstanceOf(IOException.class).hasMessage("full");
    assertSame(values(trainer), trained);
    assertSame(average.arrays(), averaged);
  }

  @Test
  void forGood() {
    Trainer trainer = trainer(0.9);
    average(trainer).adopt();
    trainer.fit(DATA, FIT);
    average(trainer).adopt();
    assertSame(values(trainer), average(trainer).arrays());
  }

  /** Whoever looks after each step, after some or never sees the same bits. */
  @Test
  void lookingChangesNothing() {
    Trainer often = trainer(0.9);
    Trainer once = trainer(0.9);
    for (int step = 1; step <= 5; step++) {
      step(often, step);
      step(once, step);
      often.evaluate(DATA);
      average(often).arrays();
    }
    assertSame(average(often).arrays(), average(once).arrays());
  }

  @Test
  void sameBitsForAnyNumberOfThreads() {
    int threads = Parallel.threads();
    try {
      Parallel.limit(1);
      Trainer alone = trainer(0.9);
      alone.fit(DATA, FIT);
      Parallel.limit(threads);
      Trainer together = trainer(0.9);
      together.fit(DATA, FIT);
      assertSame(average(together).arrays(), average(alone).arrays());
    } finally {
      Parallel.limit(threads);
    }
  }

  @Test
  void goesOnBitForBit() {
    Trainer whole = trainer(0.9);
    for (int step = 1; step <= 3; step++) {
      step(whole, step);
    }
    Trainer resumed = trainer(0.9);
    values(whole).forEach((name, values) -> resumed.model().set(name, values));
    resumed.optimizerState().restore(whole.steps(), whole.optimizerState().updates(),
        whole.optimizerState().arrays());
    average(resumed).restore(average(whole).arrays());
    for (int step = 4; step <= 6; step++) {
      step(whole, step);
      step(resumed, step);
    }
    assertSame(average(resumed).arrays(), average(whole).arrays());
    average(resumed).restore(Map.of());
    assertThat(average(resumed).arrays()).isEmpty();
  }

  @Test
  void aRangeTestLeavesItAsItWas() {
    Trainer trainer = trainer(0.9);
    LearningRateRangeTest test = LearningRateRangeTest.of(1e-4, 1e-1).withSteps(7);
    test.run(trainer, DATA, 8, 1);
    assertThat(average(trainer).arrays()).isEmpty();
    trainer.fit(DATA, FIT);
    Map<String, float[]> before = copy(average(trainer).arrays());
    test.run(trainer, DATA, 8, 1);
    assertSame(average(trainer).arrays(), before);
  }

  /** Spoiled from the third epoch on: what comes back is the average of the second, and the weights of that epoch. */
  @Test
  void earlyStoppingBringsBackTheBestAverage() {
    Trainer trainer = trainer(0.5);
    Map<Integer, Map<String, float[]>> averages = new LinkedHashMap<>();
    Map<Integer, Map<String, float[]>> weights = new LinkedHashMap<>();
    trainer.fit(DATA, Fit.epochs(9).batchSize(8).validation(DATA).quietly().callback(new Callback() {
      @Override
      public void beforeEpoch(Progress progress) {
        if (progress.epoch() > 2) {
          trainer.model().parameter("dense.bias").data()[0] += 10;
        }
      }

      @Override
      public void afterEpoch(Progress progress) {
        averages.put(progress.epoch(), copy(average(trainer).arrays()));
        weights.put(progress.epoch(), values(trainer));
      }
    }).callback(EarlyStopping.of().withPatience(2)));
    assertThat(averages).hasSize(4);
    assertSame(average(trainer).arrays(), averages.get(2));
    assertSame(values(trainer), weights.get(2));
  }

  private static Trainer ruinous() {
    Sequential model = Sequential.of(Pictures.SAMPLE, 3, Conv2D.of(4, 3), Conv2D.of(4, 3), Flatten.of(), Dense.of(3));
    return Trainer.of(model, Adam.of(Schedule.multiStep(0.01, 1e32, 2)),
        Loss.sparseCategoricalCrossEntropy().fromLogits()).withAverage(0.9);
  }

  /** The third update ruins weights that stay finite: the fourth step finds out, and they were never averaged. */
  @Test
  void aStepTakenBack() {
    Trainer trainer = ruinous();
    step(trainer, 1);
    step(trainer, 2);
    Map<String, float[]> before = copy(average(trainer).arrays());
    step(trainer, 3);
    assertThatThrownBy(() -> step(trainer, 4)).isInstanceOf(NonFiniteException.class);
    assertSame(average(trainer).arrays(), before);
  }

  @Test
  void aStepTakenBackThatHasBeenLookedAt() {
    Trainer trainer = ruinous();
    step(trainer, 1);
    step(trainer, 2);
    step(trainer, 3);
    assertThat(average(trainer).arrays()).isNotEmpty();
    assertThatThrownBy(() -> step(trainer, 4)).isInstanceOf(NonFiniteException.class);
    assertThat(average(trainer).arrays()).as("starts anew").isEmpty();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> trainer(1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("average: decay must be at least 0 and below 1, got 1.0");
    Trainer trainer = trainer(0.9);
    step(trainer, 1);
    assertThatThrownBy(() -> average(trainer).during(() -> step(trainer, 2))).isInstanceOf(IllegalStateException.class)
        .hasMessage("step: expected the weights that are trained, got the averaged ones in their place; "
            + "wait until average.during(...) is over");
    Map<String, float[]> arrays = new LinkedHashMap<>(average(trainer).arrays());
    arrays.remove("dense.bias");
    arrays.put("conv2d.bias", new float[5]);
    arrays.put("other", new float[1]);
    assertThatThrownBy(() -> average(trainer).restore(arrays)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("average: what was kept does not fit: conv2d.bias must have 4 values, got 5; "
            + "dense.bias is missing; other is no parameter here");
  }
}
