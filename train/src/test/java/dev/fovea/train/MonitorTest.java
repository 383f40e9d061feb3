package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  void isBetter() {
    assertThat(Monitor.LOSS.isBetter(0.5, 0.75, 0.25)).isFalse();
    assertThat(Monitor.LOSS.isBetter(0.5, 0.75, 0.125)).isTrue();
    assertThat(Monitor.LOSS.isBetter(0.75, 0.5, 0)).isFalse();
    assertThat(Monitor.VALIDATION_LOSS.isBetter(0.5, 0.75, 0)).isTrue();
    assertThat(Monitor.ACCURACY.isBetter(0.75, 0.5, 0.25)).isFalse();
    assertThat(Monitor.ACCURACY.isBetter(0.75, 0.5, 0.125)).isTrue();
    assertThat(Monitor.VALIDATION_ACCURACY.isBetter(0.5, 0.75, 0)).isFalse();
    assertThat(Monitor.ACCURACY.isBetter(0, Double.NaN, 1)).isTrue();
    assertThat(Monitor.LOSS.isBetter(9, Double.NaN, 1)).isTrue();
    assertThat(Monitor.LOSS.isBetter(Double.NaN, Double.NaN, 0)).isFalse();
    assertThat(Monitor.LOSS.isBetter(Double.NaN, 1, 0)).isFalse();
  }

  @Test
  void refuses() {
    assertThat(Monitor.LOSS.require("watcher", epoch(0.5))).isEqualTo(0.5);
    refuses(Monitor.VALIDATION_LOSS, "watcher: expected a validation loss to go by, there is none; "
        + "give the fit validation data (Fit.validation) or choose another figure");
    refuses(Monitor.LOSS, "watcher: expected a loss to go by, there is none; "
        + "choose another figure, such as Monitor.LOSS");
  }

  private static void refuses(Monitor monitor, String message) {
    assertThatThrownBy(() -> monitor.require("watcher", epoch(Double.NaN))).isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
  }

  private static History.Epoch epoch(double figure) {
    return new History.Epoch(1, figure, figure, figure, figure, 1, 1, 1);
  }
}
