package dev.fovea.train;

import static dev.fovea.layers.Activation.RELU;
import static dev.fovea.layers.Activation.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Parameter;
import dev.fovea.core.Shape;
import dev.fovea.core.ShapeException;
import dev.fovea.core.kernels.Parallel;
import dev.fovea.data.Batch;
import dev.fovea.data.BatchIterator;
import dev.fovea.data.Batches;
import dev.fovea.data.Dataset;
import dev.fovea.data.Digits;
import dev.fovea.data.augment.Augmentation;
import dev.fovea.data.augment.CutMix;
import dev.fovea.data.augment.Elastic;
import dev.fovea.data.augment.MixUp;
import dev.fovea.data.augment.Mixing;
import dev.fovea.data.augment.Rotate;
import dev.fovea.data.augment.Shift;
import dev.fovea.layers.Conv2D;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.GlobalAveragePooling;
import dev.fovea.layers.MaxPooling2D;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Adam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentedTrainingTest {
  private static final Augmentation AUGMENTATION = Augmentation.of(Rotate.of(10), Shift.of(2), Elastic.of(20, 4));

  private final Dataset digits = Digits.generate(200, 1);

  @Test
  void seesInEachEpochWhatBatchesGive() {
    Trainer trainer = Trainer.of(model(), Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    trainer.fit(digits, Fit.epochs(2).batchSize(32).seed(7).augmentation(AUGMENTATION).quietly());
    Trainer byHand = Trainer.of(model(), Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    for (int i = 0; i < 2; i++) {
      try (BatchIterator epoch = Batches.of(digits, 32).shuffled(7).augmented(AUGMENTATION, 7).epoch(i)) {
        for (Batch batch : epoch) {
          byHand.step(batch.x(), batch.y(), 7);
        }
      }
    }
    assertThat(weights(trainer)).isEqualTo(weights(byHand));
    Trainer plain = Trainer.of(model(), Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    plain.fit(digits, Fit.epochs(2).batchSize(32).seed(7).quietly());
    assertThat(weights(plain)).isNotEqualTo(weights(trainer));
  }

  @Test
  void goesOnInTheMiddleOfAnEpoch(@TempDir Path dir) throws IOException {
    Fit fit = Fit.epochs(2).batchSize(32).seed(7).augmentation(AUGMENTATION).mixing(MixUp.of(1)).quietly();
    Path file = dir.resolve("checkpoint.zip");
    Trainer whole = Trainer.of(model(), Adam.of(1e-3), Loss.categoricalCrossEntropy());
    whole.fit(digits.oneHot(), fit.callback(new Callback() {
      @Override
      public void afterBatch(Progress progress) {
        if (progress.step() == 10) {
          try {
            progress.save(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }));
    Trainer rest = Trainer.of(model(), Adam.of(1e-3), Loss.categoricalCrossEntropy());
    rest.fit(digits.oneHot(), fit.resuming(file));
    assertThat(weights(rest)).isEqualTo(weights(whole));
  }

  @Test
  void givesTheSameBitsForAnyNumberOfThreads() {
    List<Float> expected = mixed();
    int threads = Parallel.threads();
    try {
      Parallel.limit(1);
      assertThat(mixed()).isEqualTo(expected);
    } finally {
      Parallel.limit(threads);
    }
  }

  private List<Float> mixed() {
    Trainer trainer = Trainer.of(model(), Adam.of(1e-3), Loss.categoricalCrossEntropy());
    History history = trainer.fit(digits.oneHot(), Fit.epochs(1).batchSize(32).seed(7).augmentation(AUGMENTATION)
        .mixing(Mixing.oneOf(MixUp.of(0.2), CutMix.of(1))).validation(digits.oneHot()).quietly());
    assertThat(history.epochs().get(0).validationAccuracy()).isBetween(0.0, 1.0);
    return weights(trainer);
  }

  /** Mixed samples are learned from: what is made small are the mixed targets' losses. */
  @Test
  void learnsFromMixedSamples() {
    Sequential model = Sequential.of(Shape.of(1, 28, 28), 3, MaxPooling2D.of(2), Flatten.of(),
        Dense.of(64).withActivation(RELU), Dense.of(10).withActivation(SOFTMAX));
    Trainer trainer = Trainer.of(model, Adam.of(3e-3), Loss.categoricalCrossEntropy());
    trainer.fit(digits.oneHot(), Fit.epochs(30).batchSize(20).mixing(MixUp.of(0.2)).quietly());
    assertThat(trainer.evaluate(digits.oneHot()).accuracy()).isGreaterThan(0.9);
  }

  @Test
  void refuses() {
    Trainer trainer = Trainer.of(model(), Adam.of(1e-3), Loss.sparseCategoricalCrossEntropy());
    assertThatThrownBy(() -> trainer.fit(digits, Fit.epochs(1).mixing(MixUp.of(1)))).isInstanceOf(ShapeException.class)
        .hasMessage("mixed: expected targets that are distributions [classes], got targets of shape []; take "
            + "data.oneHot(), which goes with Loss.categoricalCrossEntropy()");
    assertThat(trainer.epochs()).isZero();
  }

  private static Sequential model() {
    return Sequential.of(Shape.of(1, 28, 28), 3, Conv2D.of(8, 3).withActivation(RELU), MaxPooling2D.of(2),
        Conv2D.of(16, 3).withActivation(RELU), GlobalAveragePooling.of(), Dense.of(10).withActivation(SOFTMAX));
  }

  private static List<Float> weights(Trainer trainer) {
    List<Float> weights = new ArrayList<>();
    for (Parameter parameter : trainer.model().parameters()) {
      for (float weight : parameter.data()) {
        weights.add(weight);
      }
    }
    return weights;
  }
}
