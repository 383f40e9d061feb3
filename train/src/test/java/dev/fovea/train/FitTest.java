package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FitTest {
  @Test
  void value() {
    assertThat(Fit.epochs(3)).hasToString("Fit.epochs(3)");
    Fit fit = Fit.epochs(5).batchSize(64).seed(7L).validation(Pictures.generate(4, 1)).droppingLast()
        .callback(new Callback() {}).quietly();
    assertThat(fit).hasToString(
        "Fit.epochs(5).batchSize(64).seed(7L).validation(4 samples).droppingLast().callback(...).quietly()");
    assertThat(fit.batchSize()).isEqualTo(64);
    assertThat(fit.validation()).isPresent();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Fit.epochs(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: epochs must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.epochs(1).batchSize(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: batch size must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.epochs(1).validation(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected a data set for the validation, got null");
    assertThatThrownBy(() -> Fit.epochs(1).callback(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected a callback, got null");
  }
}
