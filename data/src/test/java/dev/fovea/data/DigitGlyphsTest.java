package dev.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.RandomSource;
import dev.fovea.data.DigitGlyphs.Stroke;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DigitGlyphsTest {
  @Test
  void eachDigitHasSeveralWaysInsideTheUnitSquare() {
    RandomSource random = new RandomSource(1);
    for (int digit = 0; digit < 10; digit++) {
      Set<Stroke[]> ways = new HashSet<>();
      for (int draw = 0; draw < 100; draw++) {
        ways.add(DigitGlyphs.any(digit, random));
      }
      assertThat(ways).as("ways to write %d", digit).hasSizeBetween(2, 4);
      for (Stroke[] way : ways) {
        for (Stroke stroke : way) {
          assertThat(stroke.size()).isGreaterThan(1);
          assertThat(DoubleStream.of(stroke.x())).allMatch(x -> x >= 0.1 && x <= 0.9);
          assertThat(DoubleStream.of(stroke.y())).allMatch(y -> y >= 0.02 && y <= 0.99);
          assertThat(stroke.corner()[0]).isTrue();
          assertThat(stroke.corner()[stroke.size() - 1]).isTrue();
        }
      }
    }
  }

  @Test
  void aStrokeIsReadFromItsText() {
    Stroke stroke = Stroke.parse("86,62 14,64! 60,4 60,98");
    assertThat(stroke.x()).containsExactly(0.86, 0.14, 0.6, 0.6);
    assertThat(stroke.y()).containsExactly(0.62, 0.64, 0.04, 0.98);
    assertThat(stroke.corner()).containsExactly(true, true, false, true);
  }
}
