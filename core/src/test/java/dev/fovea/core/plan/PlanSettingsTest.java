package dev.fovea.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.core.kernels.conv.choice.ConvChoice;
import org.junit.jupiter.api.Test;

class PlanSettingsTest {
  @Test
  void blocksWhereTheyAreFast() {
    assertThat(PlanSettings.blocked("auto", "vector-256")).isTrue();
    assertThat(PlanSettings.blocked("auto", "scalar")).isFalse();
    assertThat(PlanSettings.blocked("blocked", "scalar")).isTrue();
    assertThat(PlanSettings.blocked("plain", "vector-512")).isFalse();
    assertThat(PlanSettings.plain()).isEqualTo(new PlanSettings(ConvChoice.DIRECT, false));
    assertThat(PlanSettings.plain().withConvolution(ConvChoice.AUTO).convolution()).isEqualTo(ConvChoice.AUTO);
  }

  @Test
  void refusesOtherWords() {
    assertThatThrownBy(() -> PlanSettings.blocked("nhwc", "scalar")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fovea.format: expected auto, blocked or plain, got 'nhwc'");
  }
}
