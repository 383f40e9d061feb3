package dev.fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.data.augment.MixUp;
import dev.fovea.data.augment.Shift;
import org.junit.jupiter.api.Test;

class FitTest {
  @Test
  void value() {
    assertThat(Fit.epochs(3)).hasToString("Fit.epochs(3)");
    Fit fit = Fit.epochs(5).batchSize(64).seed(7L).validation(Pictures.generate(4, 1)).droppingLast()
        .accumulating(4).callback(new Callback() {}).quietly();
    assertThat(fit).hasToString(
        "Fit.epochs(5).batchSize(64).seed(7L).validation(4 samples).droppingLast().accumulating(4).callback(...)"
            + ".quietly()");
    assertThat(Fit.epochs(2).augmentation(Shift.of(2)).mixing(MixUp.of(0.2)).droppingLast().seed(1).batchSize(8)
        .validation(Pictures.generate(4, 1)).quietly()).hasToString("Fit.epochs(2).batchSize(8).seed(1L)"
        + ".validation(4 samples).droppingLast().augmentation(Shift.of(2.0)).mixing(MixUp.of(0.2)).quietly()");
    assertThat(fit.batchSize()).isEqualTo(64);
    assertThat(fit.accumulating()).isEqualTo(4);
    assertThat(fit.validation()).isPresent();
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Fit.epochs(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: epochs must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.epochs(1).batchSize(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: batch size must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.epochs(1).accumulating(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: batches to accumulate must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.epochs(1).validation(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected a data set for the validation, got null");
    assertThatThrownBy(() -> Fit.epochs(1).callback(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected a callback, got null");
    assertThatThrownBy(() -> Fit.epochs(1).augmentation(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected an augmentation such as Shift.of(2), got null");
    assertThatThrownBy(() -> Fit.epochs(1).mixing(null)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fit: expected a mixing such as MixUp.of(0.2), got null");
  }
}
