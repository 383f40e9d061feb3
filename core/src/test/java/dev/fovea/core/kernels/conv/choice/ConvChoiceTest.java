package dev.fovea.core.kernels.conv.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConvChoiceTest {
  @Test
  void everyChoiceIsTheWordOfItsProperty() {
    for (ConvChoice choice : ConvChoice.values()) {
      assertThat(ConvChoice.of(choice.toString())).isEqualTo(choice);
    }
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> ConvChoice.of("winograd")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fovea.conv: expected auto, direct or winograd-2x2, got 'winograd'");
  }
}
