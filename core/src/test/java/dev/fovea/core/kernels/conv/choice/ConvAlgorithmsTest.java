package dev.fovea.core.kernels.conv.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.kernels.ConvShape;
import org.junit.jupiter.api.Test;

/** Which algorithm a shape gets, and what the plan's table says of it. */
class ConvAlgorithmsTest {
  private static ConvShape square(int channels, int filters, int groups, int kernel, int stride, int dilation) {
    int size = 20;
    int out = (size - (kernel - 1) * dilation - 1) / stride + 1;
    return new ConvShape(channels, size, size, filters, groups, kernel, kernel, stride, stride, dilation, dilation,
        0, 0, out, out);
  }

  private static String chosen(ConvShape shape, ConvChoice wish, boolean plain) {
    ConvAlgorithms.Decision decision = ConvAlgorithms.choose(shape, 2, wish, plain);
    return decision.algorithm().name() + ": " + decision.reason();
  }

  @Test
  void byShape() {
    assertThat(chosen(square(32, 64, 1, 3, 1, 1), ConvChoice.AUTO, false)).isEqualTo("winograd 4x4: 3x3, stride 1");
    assertThat(chosen(square(3, 32, 1, 3, 1, 1), ConvChoice.AUTO, true)).endsWith(": pictures of 3 channels");
    assertThat(chosen(square(1, 32, 1, 5, 1, 1), ConvChoice.AUTO, true)).endsWith(": pictures of 1 channel");
    assertThat(chosen(square(32, 32, 32, 3, 1, 1), ConvChoice.AUTO, false))
        .isEqualTo("depthwise: one filter a channel");
    assertThat(chosen(square(32, 64, 1, 5, 1, 1), ConvChoice.AUTO, false)).isEqualTo("direct: kernel 5x5");
    assertThat(chosen(square(6, 16, 1, 5, 1, 1), ConvChoice.AUTO, false))
        .isEqualTo("direct, few channels: kernel 5x5");
    assertThat(chosen(square(32, 64, 1, 3, 2, 1), ConvChoice.AUTO, false)).isEqualTo("direct: stride 2x2");
    assertThat(chosen(square(32, 64, 1, 3, 1, 2), ConvChoice.AUTO, false)).isEqualTo("direct: dilation 2x2");
    assertThat(chosen(square(32, 64, 2, 3, 1, 1), ConvChoice.AUTO, false)).isEqualTo("direct: 2 groups");
    assertThat(chosen(square(32, 2, 1, 3, 1, 1), ConvChoice.AUTO, false)).isEqualTo("direct: only 2 channels");
  }

  @Test
  void byWish() {
    ConvShape shape = square(32, 64, 1, 3, 1, 1);
    assertThat(chosen(shape, ConvChoice.DIRECT, false)).isEqualTo("direct: as fovea.conv=direct asks");
    assertThat(chosen(shape, ConvChoice.WINOGRAD_2X2, false))
        .isEqualTo("winograd 2x2: 3x3, stride 1, as fovea.conv=winograd-2x2 asks");
  }
}
