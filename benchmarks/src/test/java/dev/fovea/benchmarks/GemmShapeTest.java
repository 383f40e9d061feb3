package dev.fovea.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fovea.benchmarks.GemmShape.Use;
import org.junit.jupiter.api.Test;

class GemmShapeTest {
  @Test
  void value() {
    assertThat(GemmShape.parse("64x121x288")).isEqualTo(new GemmShape(Use.PLAIN, 64, 121, 288));
    assertThat(GemmShape.parse("weights:10x128x32")).isEqualTo(new GemmShape(Use.WEIGHTS, 10, 128, 32))
        .hasToString("weights:10x128x32");
    assertThat(new GemmShape(Use.FORWARD, 2, 3, 5).operations()).isEqualTo(60);
  }

  /** 16 lanes; 10 columns fill 10 of them, 20 fill 20 of 32. Of the last ones memory bounds one. */
  @Test
  void roof() {
    assertThat(GemmShape.parse("512x512x512").roof(100, 20, 16)).isEqualTo(100);
    assertThat(GemmShape.parse("128x10x128").roof(100, 20, 16)).isEqualTo(62.5);
    assertThat(GemmShape.parse("weights:128x20x128").roof(100, 20, 16)).isEqualTo(62.5);
    assertThat(GemmShape.parse("forward:128x10x128").roof(100, 20, 16)).isEqualTo(100);
    assertThat(GemmShape.parse("8x100000x64").roof(100, 20, 16)).isEqualTo(100);
    assertThat(GemmShape.parse("4x200000x64").roof(100, 20, 16))
        .isEqualTo(2.0 * 4 * 200_000 * 64 / (4 * (4 * 64 + 200_000 * 64 + 4 * 200_000)) * 20);
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> GemmShape.parse("64x121")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape: expected rows, columns and depth as in 512x512x512, perhaps after plain:, forward: or "
            + "weights:, got 64x121");
    assertThatThrownBy(() -> GemmShape.parse("64x0x1")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("shape: all three numbers must be at least 1, got 64x0x1");
  }
}
