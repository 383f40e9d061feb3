package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowingFloatsTest {
  /** Were the promise believed, this would ask for 8 GB. */
  @Test
  void growWithWhatComesNotWithWhatIsPromised() {
    GrowingFloats floats = new GrowingFloats(Long.MAX_VALUE);
    for (int i = 0; i < 10_000; i++) {
      assertThat(floats.add(i)).isTrue();
      assertThat(floats.capacity()).isLessThan(10_000 + 10_000 / 2);
    }
    float[] values = floats.toArray();
    assertThat(values).hasSize(10_000);
    assertThat(values[9_999]).isEqualTo(9_999);
  }

  @Test
  void takeNoMoreThanPromised() {
    GrowingFloats floats = new GrowingFloats(2);
    assertThat(floats.add(1)).isTrue();
    assertThat(floats.add(2)).isTrue();
    assertThat(floats.add(3)).isFalse();
    assertThat(floats.toArray()).containsExactly(1, 2);
    assertThat(new GrowingFloats(0).add(1)).isFalse();
  }
}
