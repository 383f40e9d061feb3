package dev.fovea.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResizeTest {
  private static final Offset<Float> EXACT = Offset.offset(1e-6f);

  @Test
  void sameSizeIsTheSamePicture() {
    float[] picture = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
    assertThat(Resize.plane(picture, 2, 3, 2, 3)).containsExactly(picture);
  }

  @Test
  void shrinkingAveragesTheAreaUnderEachCell() {
    float[] picture = {1, 3, 5, 7, 2, 4, 6, 8};
    assertThat(Resize.plane(picture, 2, 4, 1, 2)).containsExactly(2.5f, 6.5f);
    // 3 cells into 2: each takes one cell and half of the middle one.
    assertThat(Resize.plane(new float[] {0, 3, 6}, 1, 3, 1, 2)).containsExactly(new float[] {1, 5}, EXACT);
  }

  @Test
  void shrinkingKeepsTheMean() {
    float[] picture = new float[31 * 17];
    double sum = 0;
    for (int i = 0; i < picture.length; i++) {
      picture[i] = i * 7919 % 101 / 101f;
      sum += picture[i];
    }
    double smallSum = 0;
    for (float value : Resize.plane(picture, 31, 17, 7, 5)) {
      smallSum += value;
    }
    assertThat(smallSum / 35).isCloseTo(sum / picture.length, Offset.offset(1e-6));
  }

  @Test
  void growingGoesLinearlyBetweenCentres() {
    assertThat(Resize.plane(new float[] {0, 1}, 1, 2, 1, 4)).containsExactly(new float[] {0, 0.25f, 0.75f, 1}, EXACT);
    assertThat(Resize.plane(new float[] {0.5f}, 1, 1, 2, 2)).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
  }
}
