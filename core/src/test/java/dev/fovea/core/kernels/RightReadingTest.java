package dev.fovea.core.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RightReadingTest {
  private static final float[] DATA = new float[0];

  @Test
  void linesOneAfterTheOtherAreCopied() {
    assertThat(RightReading.of(Operand.rows(DATA, 0, 100), 8, 100)).isEqualTo(RightReading.PANELS);
  }

  @Test
  void linesSideBySideAreReadWhereTheyLie() {
    assertThat(RightReading.of(Operand.columns(DATA, 0, 1600), 8, 100)).isEqualTo(RightReading.IN_PLACE);
  }

  @Test
  void linesThatCrowdEachOtherAreCopiedForManyRows() {
    assertThat(RightReading.of(Operand.columns(DATA, 0, 2048), 64, 100)).isEqualTo(RightReading.IN_PLACE);
    assertThat(RightReading.of(Operand.columns(DATA, 0, 2048), 65, 100)).isEqualTo(RightReading.PANELS);
  }

  @Test
  void linesFarApartAreReadFewAtATimeOrCopiedInStrips() {
    assertThat(RightReading.of(Operand.columns(DATA, 0, 186_624), 8, 100)).isEqualTo(RightReading.IN_STEPS);
    assertThat(RightReading.of(Operand.columns(DATA, 0, 48_400), 64, 100)).isEqualTo(RightReading.STRIPS);
    assertThat(RightReading.of(Operand.columns(DATA, 0, 8192), 47, 100)).isEqualTo(RightReading.IN_STEPS);
    assertThat(RightReading.of(Operand.columns(DATA, 0, 8192), 48, 100)).isEqualTo(RightReading.STRIPS);
    assertThat(RightReading.of(Operand.columns(DATA, 0, 8191), 48, 100)).isEqualTo(RightReading.IN_PLACE);
  }

  @Test
  void fewLinesFarApartAreReadWhereTheyLie() {
    assertThat(RightReading.of(Operand.columns(DATA, 0, 186_624), 64, 8)).isEqualTo(RightReading.IN_PLACE);
  }

  @Test
  void copiesAreAsWideAsATileOrAStrip() {
    int width = Kernels.get().tileColumns();
    assertThat(RightReading.PANELS.copied(1000)).isEqualTo(width);
    assertThat(RightReading.PANELS.stride(width)).isEqualTo(width);
    assertThat(RightReading.STRIPS.copied(2 * width - 1)).isEqualTo(2 * width);
    assertThat(RightReading.STRIPS.stride(2 * width)).isEqualTo(2 * width + 16);
  }
}
