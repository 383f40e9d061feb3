package dev.fovea.core.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PaddingTest {
  @Test
  void shorterFormsFillInTheSides() {
    assertThat(Padding.of(1)).isEqualTo(Padding.of(1, 1, 1, 1));
    assertThat(Padding.of(1, 2)).isEqualTo(new Padding.Explicit(1, 1, 2, 2));
  }

  @Test
  void printsAsTheCodeThatMakesIt() {
    assertThat(Padding.VALID).hasToString("VALID");
    assertThat(Padding.SAME).hasToString("SAME");
    assertThat(Padding.of(1)).hasToString("Padding.of(1)");
    assertThat(Padding.of(1, 2)).hasToString("Padding.of(1, 2)");
    assertThat(Padding.of(0, 1, 2, 2)).hasToString("Padding.of(0, 1, 2, 2)");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Padding.of(0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("padding: expected at least 0 on each side, got top 0, bottom 0, left -1, right 0");
  }
}
