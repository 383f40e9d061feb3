package dev.fovea.train.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fovea.core.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void smallTensorsWhole() {
    assertThat(Selection.of(Shape.of(2, 3, 4), 24)).isEqualTo(new Selection(List.of(2, 3, 4), null, null, null));
    assertThat(Selection.of(Shape.of(5), 24)).isEqualTo(new Selection(List.of(1, 1, 5), null, null, null));
    assertThat(Selection.of(Shape.scalar(), 24)).isEqualTo(new Selection(List.of(1, 1, 1), null, null, null));
    assertThat(Selection.of(Shape.of(2, 3, 2, 2), 24).dims()).isEqualTo(List.of(6, 2, 2));
    assertThat(Selection.of(Shape.of(2, 3), 24).pick(new float[] {1, 2, 3, 4, 5, 6})).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void someMapsEvenlyApart() {
    Selection some = Selection.of(Shape.of(8, 3, 3), 36);
    assertThat(some).isEqualTo(new Selection(List.of(8, 3, 3), List.of(0, 2, 4, 6), null, null));
    float[] values = new float[72];
    values[2 * 9 + 4] = 0.5f;
    assertThat(some.pick(values)).hasSize(36).contains(0.5).startsWith(new double[13]).endsWith(new double[22]);
    assertThat(Selection.of(Shape.of(100, 1, 1), 1000).maps()).hasSize(16);
  }

  @Test
  void someRowsAndColumnsOfALargeMap() {
    assertThat(Selection.of(Shape.of(3, 8, 8), 16)).isEqualTo(
        new Selection(List.of(3, 8, 8), List.of(0), List.of(0, 2, 4, 6), List.of(0, 2, 4, 6)));
  }

  @Test
  void wholeRowsOfATable() {
    assertThat(Selection.of(Shape.of(10, 6), 30)).isEqualTo(
        new Selection(List.of(1, 10, 6), null, List.of(0, 2, 4, 6, 8), null));
    assertThat(Selection.of(Shape.of(10, 60), 30).rows()).containsExactly(0);
    assertThat(Selection.of(Shape.of(10, 60), 30).columns()).hasSize(30);
    assertThat(Selection.of(Shape.of(60), 30).columns()).hasSize(30).endsWith(58);
  }
}
