package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.Shape;
import dev.fovea.core.Tensor;
import dev.fovea.layers.Dense;
import dev.fovea.layers.Flatten;
import dev.fovea.layers.Sequential;
import dev.fovea.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
  @Test
  void value() {
    History.Epoch epoch = new History.Epoch(1, 0.1, 0.2, 0.3, 0.4, 0.5, 6, 7);
    assertThat(List.of(Monitor.values())).map(monitor -> monitor.of(epoch)).containsExactly(0.1, 0.2, 0.3, 0.4);
    assertThat(Monitor.VALIDATION_ACCURACY).hasToString("validation accuracy");
  }

  @Test
  void better() {
    assertThat(Monitor.LOSS.better(0.5, 0.75, 0.25)).isFalse();
    assertThat(Monitor.LOSS.better(0.5, 0.75, 0.125)).isTrue();
    assertThat(Monitor.LOSS.better(0.75, 0.5, 0)).isFalse();
    assertThat(Monitor.VALIDATION_LOSS.better(0.5, 0.75, 0)).isTrue();
    assertThat(Monitor.ACCURACY.better(0.75, 0.5, 0.25)).isFalse();
    assertThat(Monitor.ACCURACY.better(0.75, 0.5, 0.125)).isTrue();
    assertThat(Monitor.VALIDATION_ACCURACY.better(0.5, 0.75, 0)).isFalse();
    assertThat(Monitor.ACCURACY.better(0, Double.NaN, 1)).isTrue();
    assertThat(Monitor.LOSS.better(9, Double.NaN, 1)).isTrue();
    assertThat(Monitor.LOSS.better(Double.NaN, Double.NaN, 0)).isFalse();
    assertThat(Monitor.LOSS.better(Double.NaN, 1, 0)).isFalse();
  }

  @Test
  void refuses() {
    refuses(Monitor.VALIDATION_LOSS, Fit.epochs(1), Loss.sparseCategoricalCrossEntropy().fromLogits(),
        "watcher: expected a figure to go by, got no validation loss; "
            + "give fit some data for it, as in Fit.epochs(5).validation(data), or watch Monitor.LOSS");
    refuses(Monitor.ACCURACY, Fit.epochs(1), new Values(),
        "watcher: expected a figure to go by, got no accuracy; watch Monitor.LOSS");
    refuses(Monitor.VALIDATION_ACCURACY, Fit.epochs(1).validation(Pictures.generate(4, 1)), new Values(),
        "watcher: expected a figure to go by, got no validation accuracy; watch Monitor.VALIDATION_LOSS");
  }

  private static void refuses(Monitor monitor, Fit fit, Loss loss, String message) {
    Trainer trainer = Trainer.of(Sequential.of(Pictures.SAMPLE, 1, Flatten.of(), Dense.of(3)), Sgd.of(0.01), loss);
    assertThatThrownBy(() -> trainer.fit(Pictures.generate(4, 1), fit.quietly().callback(new Callback() {
      @Override
      public void afterEpoch(Progress progress) {
        monitor.require("watcher", progress);
      }
    }))).isInstanceOf(IllegalStateException.class).hasMessage(message);
  }

  /** Of labels, and yet without a notion of what is right. */
  private static final class Values implements Loss {
    private final Loss labels = Loss.sparseCategoricalCrossEntropy().fromLogits();

    @Override
    public Tensor apply(Tensor prediction, Tensor target) {
      return labels.apply(prediction, target);
    }

    @Override
    public void requireTarget(Shape output, Shape target) {
      labels.requireTarget(output, target);
    }
  }
}
