package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Parameter;
import dev.fovea.data.Dataset;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {
  private static final Dataset DATA = Pictures.generate(20, 1);

  @TempDir
  private Path dir;

  private static Trainer trainer() {
    return Trainer.of(Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(3)),
        Sgd.of(0.01), Loss.sparseCategoricalCrossEntropy().fromLogits());
  }

  private static Fit fit() {
    return spoiled(20);
  }

  /** Gets better for 4 epochs of 2 steps, then worse and worse. */
  private static Fit spoiled(int epochs) {
    return Fit.epochs(epochs).batchSize(10).validation(DATA).quietly().callback(new Callback() {
      @Override
      public void beforeEpoch(Progress progress) {
        if (progress.epoch() > 4) {
          progress.trainer().model().parameter("dense.bias").data()[0] += 10;
        }
      }
    });
  }

  /** Takes down the weights after each epoch. */
  private static Callback recorder(List<float[]> weights) {
    return new Callback() {
      @Override
      public void afterEpoch(Progress progress) {
        weights.add(progress.trainer().model().parameter("dense.weight").toArray());
      }
    };
  }

  @Test
  void stopsAndBringsBackTheBestWeights() {
    Trainer trainer = trainer();
    List<float[]> weights = new ArrayList<>();
    EarlyStopping stopping = EarlyStopping.of().withPatience(3);
    History history = trainer.fit(DATA, fit().callback(recorder(weights)).callback(stopping));
    assertThat(history.epochs()).hasSize(7);
    assertThat(stopping.bestEpoch()).isEqualTo(4);
    assertThat(trainer.model().parameter("dense.weight").toArray()).isEqualTo(weights.get(3));
    Trainer last = trainer();
    last.fit(DATA, fit().callback(EarlyStopping.of().withPatience(3).keepingTheLast()));
    assertThat(last.model().parameter("dense.weight").toArray()).isEqualTo(weights.get(6));
  }

  @Test
  void bringsBackTheBestWeightsWhereTrainingEndsByItself() {
    Trainer trainer = trainer();
    List<float[]> weights = new ArrayList<>();
    trainer.fit(DATA, spoiled(6).callback(recorder(weights))
        .callback(EarlyStopping.of().watching(Monitor.LOSS)));
    assertThat(weights).hasSize(6);
    assertThat(trainer.model().parameter("dense.weight").toArray()).isEqualTo(weights.get(3));
  }

  @Test
  void smallStepsCountForNothing() {
    EarlyStopping stopping = EarlyStopping.of().withPatience(2).withMinDelta(100);
    assertThat(trainer().fit(DATA, fit().callback(stopping)).epochs()).hasSize(3);
    assertThat(stopping.bestEpoch()).isEqualTo(1);
  }

  /** Interrupted after any epoch, the last among them, it ends in the same epoch with the same weights. */
  @Test
  void remembersInCheckpoints() throws IOException {
    Trainer whole = trainer();
    History history = whole.fit(DATA, fit().callback(EarlyStopping.of().withPatience(3))
        .callback(Checkpoints.in(dir).keeping(20)));
    for (int epoch = 1; epoch <= 7; epoch++) {
      Trainer trainer = trainer();
      EarlyStopping stopping = EarlyStopping.of().withPatience(3);
      History again = trainer.fit(DATA, fit().callback(stopping)
          .resuming(dir.resolve(String.format("checkpoint-%09d.zip", 2 * epoch))));
      assertThat(again.epochs()).hasSameSizeAs(history.epochs());
      assertThat(stopping.bestEpoch()).isEqualTo(4);
      for (Parameter parameter : trainer.model().parameters()) {
        assertThat(parameter.toArray()).isEqualTo(whole.model().parameter(parameter.name()).toArray());
      }
    }
    Trainer patient = trainer();
    assertThat(patient.fit(DATA, fit().callback(EarlyStopping.of().withPatience(5))
        .resuming(dir.resolve("checkpoint-000000014.zip"))).epochs()).hasSize(9);
  }

  @Test
  void settings() {
    assertThat(EarlyStopping.of().watching(Monitor.ACCURACY).withPatience(2).withMinDelta(0.5).keepingTheLast())
        .hasToString("EarlyStopping.of().watching(Monitor.ACCURACY).withPatience(2).withMinDelta(0.5)"
            + ".keepingTheLast()");
    assertThatThrownBy(() -> EarlyStopping.of().withPatience(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("early stopping: patience must be at least 1, got 0");
    assertThatThrownBy(() -> EarlyStopping.of().withMinDelta(-1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("early stopping: minDelta must be at least 0 and finite, got -1.0");
    assertThatThrownBy(() -> EarlyStopping.of().watching(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("early stopping: expected a figure to watch, got null");
    Fit blind = Fit.epochs(1).quietly().callback(EarlyStopping.of());
    assertThatThrownBy(() -> trainer().fit(DATA, blind)).isInstanceOf(IllegalStateException.class)
        .hasMessage("early stopping: expected a validation loss to go by, there is none; give the fit validation data"
            + " (Fit.validation) or choose another figure");
  }
}
