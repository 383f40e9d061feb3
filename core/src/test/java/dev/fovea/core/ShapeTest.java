package dev.fovea.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final Shape PICTURES = Shape.of(2, 3, 4, 5);

  @Test
  void tellsItsLengths() {
    assertThat(PICTURES.rank()).isEqualTo(4);
    assertThat(PICTURES.dim(1)).isEqualTo(3);
    assertThat(PICTURES.dim(-1)).isEqualTo(5);
    assertThat(PICTURES.axis(-4)).isZero();
    assertThat(PICTURES.elements()).isEqualTo(120);
    assertThat(PICTURES.size()).isEqualTo(120);
    assertThat(PICTURES.count(1, 3)).isEqualTo(12);
    assertThat(PICTURES.count(2, 2)).isEqualTo(1);
    assertThat(PICTURES.toArray()).containsExactly(2, 3, 4, 5);
    assertThat(PICTURES).hasToString("[2, 3, 4, 5]");
    assertThat(PICTURES.crossed()).isEqualTo("2x3x4x5");
  }

  @Test
  void aSingleValueHasNoAxes() {
    assertThat(Shape.scalar().rank()).isZero();
    assertThat(Shape.scalar().size()).isEqualTo(1);
    assertThat(Shape.scalar().offset()).isZero();
    assertThat(Shape.scalar()).hasToString("[]").isEqualTo(Shape.of());
  }

  @Test
  void makesOthers() {
    assertThat(Shape.of(3, 4, 5).prepend(2)).isEqualTo(PICTURES);
    assertThat(PICTURES.dropFirst()).isEqualTo(Shape.of(3, 4, 5));
    assertThat(Shape.of(2).dropFirst()).isEqualTo(Shape.scalar());
    assertThat(PICTURES.with(-1, 7)).isEqualTo(Shape.of(2, 3, 4, 7));
    assertThat(PICTURES).as("unchanged").isEqualTo(Shape.of(2, 3, 4, 5));
  }

  @Test
  void isAValue() {
    int[] lengths = {2, 3};
    Shape shape = Shape.of(lengths);
    lengths[0] = 7;
    shape.toArray()[1] = 7;
    assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2));
    assertThat(shape.equals(null)).isFalse();
  }

  @Test
  void ordersElementsByRow() {
    assertThat(PICTURES.offset(0, 0, 0, 1)).isEqualTo(1);
    assertThat(PICTURES.offset(0, 0, 1, 0)).isEqualTo(5);
    assertThat(PICTURES.offset(1, 2, 3, 4)).isEqualTo(119);
  }

  @Test
  void countsMoreThanAnArrayHolds() {
    Shape large = Shape.of(1 << 16, 1 << 16);
    assertThat(large.elements()).isEqualTo(1L << 32);
    assertThatThrownBy(large::size).isInstanceOf(ShapeException.class)
        .hasMessage("tensor [65536, 65536]: at most 2147483647 elements fit one Java array, got 4294967296");
  }

  @Test
  void refuses() {
    assertThatThrownBy(() -> Shape.of(2, 0)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: axis 1 must be at least 1, got 0 in [2, 0]");
    assertThatThrownBy(() -> Shape.of(-1)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: axis 0 must be at least 1, got -1 in [-1]");
    assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 8)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: 2^63 elements or more in [1073741824, 1073741824, 8]");
    assertThatThrownBy(() -> PICTURES.dim(4)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: [2, 3, 4, 5] has 4 axes, there is no axis 4");
    assertThatThrownBy(() -> PICTURES.dim(-5)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: [2, 3, 4, 5] has 4 axes, there is no axis -5");
    assertThatThrownBy(() -> Shape.scalar().dropFirst()).isInstanceOf(ShapeException.class)
        .hasMessage("shape: [] has 0 axes, there is no axis 0");
    assertThatThrownBy(() -> PICTURES.offset(1, 2)).isInstanceOf(ShapeException.class)
        .hasMessage("shape: [2, 3, 4, 5] takes 4 indices, got [1, 2]");
    assertThatThrownBy(() -> PICTURES.offset(1, 2, 4, 0)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("shape: [2, 3, 4, 5] has no element at [1, 2, 4, 0]");
    assertThatThrownBy(() -> PICTURES.offset(-1, 0, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("shape: [2, 3, 4, 5] has no element at [-1, 0, 0, 0]");
  }
}
