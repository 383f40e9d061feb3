package dev.fovea.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fovea.core.RandomSource;
import dev.fovea.core.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static float[] fill(Initializer initializer, int... shape) {
    float[] values = new float[Shape.of(shape).size()];
    initializer.fill(Shape.of(shape), values, new RandomSource(7));
    return values;
  }

  private static double variance(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum / values.length;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void fans() {
    assertThat(Initializer.fanIn(Shape.of(10, 400))).isEqualTo(400);
    assertThat(Initializer.fanOut(Shape.of(10, 400))).isEqualTo(10);
    assertThat(Initializer.fanIn(Shape.of(64, 16, 3, 5))).isEqualTo(240);
    assertThat(Initializer.fanOut(Shape.of(64, 16, 3, 5))).isEqualTo(960);
    assertThat(Initializer.fanIn(Shape.of(7))).isEqualTo(7);
    assertThat(Initializer.fanOut(Shape.of(7))).isEqualTo(7);
  }

  /** A weight [100, 50, 2, 2]: fan-in 200, fan-out 400. */
  @Test
  void variances() {
    Map<Initializer, Double> expected = Map.of(
        Initializer.GLOROT_UNIFORM, 2.0 / 600, Initializer.GLOROT_NORMAL, 2.0 / 600, Initializer.HE_UNIFORM, 2.0 / 200,
        Initializer.HE_NORMAL, 2.0 / 200, Initializer.LECUN_NORMAL, 1.0 / 200);
    expected.forEach((initializer, variance) -> assertThat(variance(fill(initializer, 100, 50, 2, 2)))
        .as("%s", initializer).isCloseTo(variance, within(0.03 * variance)));
  }

  @Test
  void uniformDrawsStayInTheirLimitsAndNormalOnesAreNotCutOff() {
    assertThat(largest(fill(Initializer.GLOROT_UNIFORM, 100, 50, 2, 2)))
        .isCloseTo(Math.sqrt(6.0 / 600), within(1e-4)).isLessThanOrEqualTo(Math.sqrt(6.0 / 600) + 1e-7);
    assertThat(largest(fill(Initializer.HE_UNIFORM, 100, 50, 2, 2))).isCloseTo(Math.sqrt(6.0 / 200), within(1e-4));
    assertThat(largest(fill(Initializer.HE_NORMAL, 100, 50, 2, 2))).isGreaterThan(3 * Math.sqrt(2.0 / 200));
  }

  @Test
  void orthogonalRowsOrColumns() {
    for (int[] shape : new int[][] {{5, 8}, {8, 5}, {6, 2, 2, 3}}) {
      float[] values = fill(Initializer.ORTHOGONAL, shape);
      int rows = shape[0];
      int columns = values.length / rows;
      boolean byRows = rows <= columns;
      for (int a = 0; a < Math.min(rows, columns); a++) {
        for (int b = 0; b <= a; b++) {
          double dot = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            dot += (double) values[byRows ? a * columns + k : k * columns + a]
                * values[byRows ? b * columns + k : k * columns + b];
          }
          assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-6));
        }
      }
    }
    assertThat(fill(Initializer.ORTHOGONAL, 5, 8)).isEqualTo(fill(Initializer.ORTHOGONAL, 5, 8));
  }

  @Test
  void constants() {
    assertThat(fill(Initializer.ZEROS, 3)).containsExactly(0, 0, 0);
    assertThat(fill(Initializer.ONES, 2)).containsExactly(1, 1);
    assertThat(fill(Initializer.constant(0.5), 2)).containsExactly(0.5f, 0.5f);
  }

  @Test
  void printsAsCodeAndRefuses() {
    assertThat(Initializer.HE_NORMAL).hasToString("HE_NORMAL");
    assertThat(Initializer.ORTHOGONAL).hasToString("ORTHOGONAL");
    assertThat(Initializer.constant(0)).hasToString("ZEROS").isEqualTo(Initializer.ZEROS);
    assertThat(Initializer.constant(0.5)).hasToString("Initializer.constant(0.5)");
    assertThatThrownBy(() -> Initializer.constant(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("constant: expected a finite float, got NaN");
  }
}
